import { expect, test } from "vitest";
import type { Import } from "./api";
import { both, withWish } from "./wish";

const found = {
  settings: { aliases: [], on_duplicate: "skip", keep_unmapped: false, create_missing: false, dates: { a: "D/M/YYYY" } },
  columns: [
    { name: "a", field: "due_on", left_out: false },
    { name: "b", field: null, left_out: false },
  ],
} as unknown as Import;

test("a decision shows at once, and what it does not speak of stays", () => {
  const shown = withWish(found, both({ create_missing: true, mapping: { b: "name" } }, { mapping: { a: null }, dates: { c: "M/D/YYYY" } }));
  expect(shown.settings).toMatchObject({ create_missing: true, on_duplicate: "skip", dates: { a: "D/M/YYYY", c: "M/D/YYYY" } });
  expect(shown.columns.map(({ field, left_out }) => [field, left_out])).toEqual([[null, true], ["name", false]]);
});

test("without a decision everything is as the server has it", () => expect(withWish(found, null)).toBe(found));
