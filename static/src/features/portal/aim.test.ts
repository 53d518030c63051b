import { expect, test } from "vitest";
import { sumsOf } from "./aim";

test("a target is met by those that have one, and the others stand beside", () => {
  const sums = sumsOf({ now: 2986, end: 4267, workspaces: 27 }, { now: 2858, end: 4084, workspaces: 25, target: 4550 });
  expect(sums).toEqual({ now: 2858, end: 4084, target: 4550, besides: { now: 128, workspaces: 2 } });
  expect(sumsOf({ now: 9, end: 12, workspaces: 3 }, { now: 9, end: 12, workspaces: 3, target: 20 }).besides).toBeNull();
});

test("without any target the sums are those of all", () => {
  expect(sumsOf({ now: 9, end: 12, workspaces: 3 }, { now: 0, end: 0, workspaces: 0, target: 0 })).toEqual({ now: 9, end: 12, target: null, besides: null });
});
