import { expect, test } from "vitest";
import { inSight } from "./sight";

test("of a hundred thousand rows only those in sight and twenty more are drawn", () => {
  const { first, end } = inSight(50_000 * 48, 480, 48, 100_000);
  expect(end - first).toBe(10 + 20);
  expect(first).toBe(50_000 - 10);
});

test("at either end nothing is drawn that is not there", () => {
  expect(inSight(0, 480, 48, 100_000)).toEqual({ first: 0, end: 20 });
  expect(inSight(100_000 * 48 - 480, 480, 48, 100_000)).toEqual({ first: 99_980, end: 100_000 });
  expect(inSight(4800, 480, 48, 3)).toEqual({ first: 0, end: 3 });
});
