import { expect, test } from "vitest";
import type { Row } from "../../kernel/api";
import { byDay, isMine, orderEntries, taskEntries } from "./entries";

const order = (id: string, more: Partial<Row>): Row => ({ id, version: 1, title: id, status: "assigned", scheduled_at: null, due_at: null, ...more });

test("an order stands at its appointment, or without one where it is due, or nowhere", () => {
  const rows = [
    order("a", { scheduled_at: "2026-11-20T09:00:00Z", due_at: "2026-11-21T17:00:00Z" }),
    order("b", { due_at: "2026-11-21T17:00:00Z" }),
    order("c", {}),
  ];
  const entries = orderEntries(rows, new Map());
  expect(entries.map((e) => [e.title, e.field, e.day])).toEqual([
    ["a", "scheduled_at", "2026-11-20"],
    ["b", "due_at", "2026-11-21"],
  ]);
});

test("emergencies come first on their day, then the clock decides", () => {
  const rows = [
    order("late", { scheduled_at: "2026-11-20T15:00:00Z" }),
    order("early", { scheduled_at: "2026-11-20T08:00:00Z" }),
    order("alarm", { scheduled_at: "2026-11-20T12:00:00Z", priority: "emergency" }),
  ];
  expect(byDay(orderEntries(rows, new Map())).get("2026-11-20")?.map((e) => e.title)).toEqual(["alarm", "early", "late"]);
});

test("what is done is neither late nor an emergency", () => {
  const [done] = orderEntries([order("x", { due_at: "2020-01-01T00:00:00Z", status: "completed", priority: "emergency" })], new Map());
  expect([done?.late, done?.emergency]).toEqual([false, false]);
});

test("mine are my own orders, my firm's, and my tasks", () => {
  const me = { id: "m", contractor_id: "firm" };
  const at = "2026-11-20T15:00:00Z";
  const mine = [
    ...orderEntries([order("a", { due_at: at, assigned_to: "m" }), order("b", { due_at: at, contractor_id: "firm" }), order("c", { due_at: at, assigned_to: "x" })], new Map()),
    ...taskEntries([order("d", { due_at: at, assignee_id: "m" }), order("e", { due_at: at })], new Map()),
  ].filter((e) => isMine(e, me));
  expect(mine.map((e) => e.title)).toEqual(["a", "b", "d"]);
});
