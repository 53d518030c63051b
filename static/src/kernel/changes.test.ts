import { expect, test } from "vitest";
import type { Row } from "./api";
import { applied, differing, only, pathsOf, valueAt } from "./changes";

const row: Row = { id: "1", version: 3, name: "Acme", phone: null, custom: { contract: "Full", stops: 4 } };

test("own fields are fields like any other", () => {
  expect(pathsOf({ name: "B", custom: { stops: 5 } })).toEqual(["name", "custom.stops"]);
  expect(valueAt(row, "custom.contract")).toBe("Full");
});

test("changing one own field leaves the others", () => {
  expect(applied(row, { custom: { stops: 5 } }).custom).toEqual({ contract: "Full", stops: 5 });
});

test("the way back empties what was empty", () => {
  expect(only(row, ["phone", "custom.load", "name"])).toEqual({ phone: null, custom: { load: null }, name: "Acme" });
});

test("only what differs is sent", () => {
  expect(differing(row, { name: "Acme", phone: null, custom: { contract: "Full", stops: 5 } })).toEqual({
    custom: { stops: 5 },
  });
  expect(differing(row, { phone: undefined })).toEqual({});
});
