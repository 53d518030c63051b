import { expect, test } from "vitest";
import { pieces, spread } from "./line";

test("a gap in time is a gap in the line", () => {
  const at = (minute: number) => ({ at: minute, value: 1 });
  expect(pieces([0, 15, 30, 90, 105].map(at), 15).map((piece) => piece.length)).toEqual([3, 2]);
  expect(pieces([], 15)).toEqual([]);
});

test("names at the ends of lines never touch and stay above the axis", () => {
  const moved = spread([140, 142, 30, 141], 15, 10, 144);
  const sorted = [...moved].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) expect((sorted[i] as number) - (sorted[i - 1] as number)).toBeGreaterThanOrEqual(15);
  expect(Math.max(...moved)).toBeLessThanOrEqual(144);
  expect(moved[2]).toBe(30);
  expect(spread([12, 11], 15, 10, 144).sort((a, b) => a - b)).toEqual([10, 25]);
});
