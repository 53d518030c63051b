import { expect, test } from "vitest";
import type { Row } from "../../kernel/api";
import { cardsIn, type Move, placeOf, totalsOf, weighted, worthOf } from "./overlay";

const deal = (id: string, stage: string, value: number | null): Row => ({ id, version: 1, stage, value, currency: "GBP" });
const a = deal("a", "lead", 300);
const b = deal("b", "lead", 200);
const c = deal("c", "won", 250);
const worth = (row: Row) => worthOf(row, "value", "currency", "GBP");
const ids = (rows: Row[]) => rows.map((row) => row.id).join("");

test("a card that moves leaves its column and comes into the other where the order puts it", () => {
  const moves: Move[] = [{ row: c, from: "won", to: "lead" }];
  expect(ids(cardsIn("lead", [a, b], "stage", "-value", moves))).toBe("acb");
  expect(ids(cardsIn("won", [c], "stage", "-value", moves))).toBe("");
});

test("a card that the server already has in its new column is not shown twice", () => {
  const moves: Move[] = [{ row: c, from: "won", to: "lead" }];
  expect(ids(cardsIn("lead", [a, { ...c, stage: "lead" }, b], "stage", "-value", moves))).toBe("acb");
});

test("a card whose state changed elsewhere is left out of the column that it was in", () => {
  expect(ids(cardsIn("lead", [a, { ...b, stage: "lost" }], "stage", "-value", []))).toBe("a");
});

test("cards without a value come last going down and first going up", () => {
  expect(placeOf(deal("x", "lead", null), [a, b], "-value")).toBe(2);
  expect(placeOf(deal("x", "lead", null), [a, b], "value")).toBe(0);
  expect(placeOf(a, [deal("x", "lead", null)], "-value")).toBe(0);
});

test("totals of both columns follow a move", () => {
  const summary = {
    count: 3,
    groups: [
      { value: "lead", count: 2, sum: { GBP: 500 } },
      { value: "won", count: 1, sum: { GBP: 250 } },
    ],
  };
  const totals = totalsOf(summary, [{ row: a, from: "lead", to: "proposal" }], worth);
  expect(totals.get("lead")).toEqual({ value: "lead", count: 1, sum: { GBP: 200 } });
  expect(totals.get("proposal")).toEqual({ value: "proposal", count: 1, sum: { GBP: 300 } });
  expect(weighted(totals, ["lead", "proposal"], { lead: 10, proposal: 50 })).toEqual({ GBP: 170 });
});

test("currencies are never added up", () => {
  const summary = { count: 1, groups: [{ value: "lead", count: 1, sum: { GBP: 300 } }] };
  const totals = totalsOf(summary, [{ row: { ...c, currency: "EUR" }, from: "won", to: "lead" }], worth);
  expect(totals.get("lead")?.sum).toEqual({ GBP: 300, EUR: 250 });
});
