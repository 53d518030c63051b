/** Days as files write them. */
import { expect, test } from "vitest";
import { dayFrom } from "./targets";

test("a day is read in the order of its column", () => {
  expect(dayFrom("10/2/2016", "M/D/YYYY")).toBe("2016-10-02");
  expect(dayFrom("10/2/2016", "D/M/YYYY")).toBe("2016-02-10");
  expect(dayFrom("19960524", "M/D/YYYY")).toBe("1996-05-24");
});

test("what is no day is left as it is", () => {
  expect(dayFrom("********", "M/D/YYYY")).toBeNull();
  expect(dayFrom("20/10/2016", "M/D/YYYY")).toBeNull();
});
