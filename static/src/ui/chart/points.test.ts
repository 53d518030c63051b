import { expect, test } from "vitest";
import { named, type Point, valued } from "./points";

const points = (values: number[]): Point[] =>
  values.map((value, i) => ({ key: String(i), label: `Week ${i}`, value, text: String(value) }));

test("every column that is not empty says its value when there is room", () => {
  expect([...valued(points([4, 0, 9]), 40)]).toEqual([0, 2]);
});

test("without room the highest and the latest say theirs", () => {
  expect([...valued(points([4, 30, 2, 3, 5, 11]), 14)].sort()).toEqual([1, 5]);
});

test("the highest gives way where it would touch the latest", () => {
  expect([...valued(points([400, 200, 300, 1200, 1100]), 10)]).toEqual([4]);
});

test("the first and the last column are named, and none touch", () => {
  const shown = [...named(points(Array.from({ length: 12 }, () => 1)), 24)].sort((a, b) => a - b);
  expect(shown[0]).toBe(0);
  expect(shown.at(-1)).toBe(11);
  for (let i = 1; i < shown.length; i++) expect(((shown[i] as number) - (shown[i - 1] as number)) * 24).toBeGreaterThan(48);
});
