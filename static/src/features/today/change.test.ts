/** Changes to one order. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Row } from "../../kernel/api";

const sent: { before: Row; changes: Record<string, unknown>; done: (row: Row) => void }[] = [];
vi.mock("../../kernel/writes", () => ({
  update: (_: string, before: Row, changes: Record<string, unknown>) =>
    new Promise<Row>((done) => sent.push({ before, changes, done })),
}));

import { change, tick } from "./change";

const order: Row = { id: "o1", version: 3, status: "assigned", checklist: [] };
const settle = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  sent.length = 0;
  vi.useRealTimers();
});

it("ticks in a quick row are sent together, the last word counting", async () => {
  void tick(order, { checklist: [1] });
  void tick(order, { checklist: [1, 2] });
  await settle();
  expect(sent.map((one) => one.changes)).toEqual([{ checklist: [1, 2] }]);
  sent[0]?.done({ ...order, version: 4 });
  await settle();
});

it("a change waits for the one before it and stands on what that one left", async () => {
  void tick(order, { checklist: [1] });
  await settle();
  void change({ ...order, checklist: [1] }, { status: "in_progress" });
  await settle();
  expect(sent).toHaveLength(1);
  sent[0]?.done({ ...order, version: 4 });
  await settle();
  expect(sent[1]?.before.version).toBe(4);
  expect(sent[1]?.changes).toEqual({ status: "in_progress" });
  sent[1]?.done({ ...order, version: 5 });
  await settle();
});

it("a decision takes waiting ticks along and does not rest", async () => {
  void tick(order, { checklist: [1] });
  void change(order, { status: "completed" });
  await vi.advanceTimersByTimeAsync(1);
  expect(sent.map((one) => one.changes)).toEqual([{ checklist: [1], status: "completed" }]);
  sent[0]?.done({ ...order, version: 4 });
  await settle();
});
