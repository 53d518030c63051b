import { expect, test } from "vitest";
import { alike } from "./bulk";

test("records that held the same are put back together, and one of which nothing is known is left alone", () => {
  const held = new Map([
    ["a", { sector: "Care" }],
    ["b", { sector: null }],
    ["c", { sector: "Care" }],
  ]);
  expect(alike(["a", "b", "c", "d"], held)).toEqual([
    { ids: ["a", "c"], changes: { sector: "Care" } },
    { ids: ["b"], changes: { sector: null } },
  ]);
});
