import { expect, test } from "vitest";
import { anyCut, anySwingCut, reach, roof, roofOfSwings, scaleOf } from "./cut";

const column = (value: number, ahead: number | null, target: number | null) => ({ value, ahead, target });

test("a column that is cut keeps the shares of its parts", () => {
  const tall = column(1964, 2806, 3170);
  const points = [tall, column(159, 227, 250), column(8, 11, 20)];
  expect(roof(points)).toBe(500);
  expect(anyCut(points)).toBe(true);
  expect(tall.value / scaleOf(tall, roof(points))).toBeCloseTo(0.62);
  expect(reach(tall) / scaleOf(tall, roof(points))).toBe(1);
  expect(scaleOf(column(159, 227, 250), 500)).toBe(500);
});

test("columns of a kind are drawn as they are", () => {
  const points = [column(10, null, 12), column(9, null, null)];
  expect([roof(points), anyCut(points)]).toEqual([12, false]);
  expect(anyCut([column(40, null, null), column(0, null, null)])).toBe(false);
  expect(roof([])).toBe(1);
});

test("a profit that towers is cut, though never below the deepest loss", () => {
  const swings = (...values: number[]) => values.map((value) => ({ value }));
  expect(roofOfSwings(swings(1000, 10, -5))).toBe(30);
  expect(anySwingCut(swings(1000, 10, -5))).toBe(true);
  expect(roofOfSwings(swings(1000, 10, -400))).toBe(400);
  expect(anySwingCut(swings(20, 10, -5))).toBe(false);
  expect(roofOfSwings(swings(-3))).toBe(0);
});
