import { expect, test } from "vitest";
import { next } from "./api";
import type { Board, Portal } from "./shape";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const after = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const board = (fresh: number, errors: number) => ({ fresh_until: after(fresh), errors: Array.from({ length: errors }, () => ({})) }) as unknown as Board;
const paused = (seconds: number) => ({ sources: [{ paused_until: null }, { paused_until: after(seconds) }] }) as unknown as Portal;

test("figures are read again when they are no longer fresh", () => {
  expect(next(board(90, 0), undefined, NOW)).toBe(90_250);
  expect(next(board(-5, 0), undefined, NOW)).toBe(15_000);
  expect(next(undefined, undefined, NOW)).toBe(15_000);
});

test("while something fails it is read again soon, and as soon as a service is asked again", () => {
  expect(next(board(90, 1), undefined, NOW)).toBe(15_000);
  expect(next(board(90, 1), paused(23), NOW)).toBe(15_000);
  expect(next(board(90, 1), paused(6), NOW)).toBe(6_250);
  expect(next(board(90, 1), paused(-6), NOW)).toBe(15_000);
  expect(next(board(3, 1), paused(6), NOW)).toBe(3_250);
});
