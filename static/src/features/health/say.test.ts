import { expect, test } from "vitest";
import { asked, ms } from "./say";

test("times are said as people say them", () => {
  expect([0.42, 9.96, 31.4, 1400].map(ms)).toEqual(["0.4 ms", "10 ms", "31 ms", "1.4 s"]);
});

test("a query is named by what was asked", () => {
  expect(asked({ route: "index", kind: "work-orders" })).toBe("List of work orders");
  expect(asked({ route: "imports.show", kind: "" })).toBe("Imports show");
  expect(asked({ route: "own.commit", kind: "" })).toBe("Saving to the disk");
});
