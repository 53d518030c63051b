/** Rights that make sense together. */
import { expect, test } from "vitest";
import { fieldRight, levelOf, type Rights, setField, setLevel } from "./rights";

const NONE: Rights = { grants: {}, hidden: {}, locked: {} };

test("who may change something sees as far", () => {
  const rights = setLevel(NONE, "deals", "update", "own");
  expect(levelOf(rights, "deals", "read")).toBe("own");
});

test("who sees less may do no more than that", () => {
  const all = setLevel(setLevel(NONE, "deals", "update", "all"), "deals", "delete", "all");
  const own = setLevel(all, "deals", "read", "own");
  expect(levelOf(own, "deals", "delete")).toBe("own");
  expect(levelOf(setLevel(own, "deals", "read", "none"), "deals", "update")).toBe("none");
});

test("a field is hidden, read only, or neither", () => {
  const hidden = setField(NONE, "products", "price", "hidden");
  expect(fieldRight(hidden, "products", "price")).toBe("hidden");
  const locked = setField(hidden, "products", "price", "locked");
  expect([locked.hidden, locked.locked]).toEqual([{}, { products: ["price"] }]);
  expect(setField(locked, "products", "price", "full")).toEqual(NONE);
});
