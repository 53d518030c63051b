import { expect, test } from "vitest";
import { pieces, score } from "./marked";

test("what was typed is marked where a word begins", () => {
  expect(pieces("Merchant Quay", "merch")).toEqual(["", "Merch", "ant Quay"]);
  expect(pieces("Lift at the loft", "l")).toEqual(["", "L", "ift at the ", "l", "oft"]);
});

test("signs that mean something in a pattern are only signs", () => {
  expect(pieces("Pump (B+)", "(b+")).toEqual(["Pump ", "(B+", ")"]);
});

test("a title that begins so stands above one that holds it, and that above none", () => {
  expect(score("Merchant Quay", "merch")).toBe(3);
  expect(score("Old Merchant Quay", "quay merch")).toBe(2);
  expect(score("Commerce House", "merc")).toBe(1);
  expect(score("Wharf Mill", "merch")).toBe(0);
});
