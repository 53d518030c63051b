/** How machines, jobs and papers stand. */
import { expect, it } from "vitest";
import type { Row } from "../../kernel/api";
import { countsOf, current, liveOrder, stageOf, standingOf, visits } from "./standing";

const row = (id: string, more: Record<string, unknown>): Row => ({ id, version: 1, ...more });
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it("machines that were taken down for good count no more", () => {
  const states = ["active", "active", "in_work", "out_of_service", "decommissioned"];
  expect(countsOf(states.map((status, i) => row(String(i), { status })))).toEqual({ all: 4, running: 2, inWork: 1, out: 1 });
});

it("of each machine the paper counts that is valid longest, and the first to end comes first", () => {
  const papers = [
    row("old", { equipment_id: "a", valid_until: "2025-01-01" }),
    row("new", { equipment_id: "a", valid_until: "2027-01-01" }),
    row("other", { equipment_id: "b", valid_until: "2026-12-01" }),
  ];
  expect(current(papers).map((paper) => paper.id)).toEqual(["other", "new"]);
});

it("a paper ends soon, has ended, or was never given", () => {
  expect(standingOf(row("a", { valid_until: inDays(400) }))).toBe("valid");
  expect(standingOf(row("a", { valid_until: inDays(20) }))).toBe("soon");
  expect(standingOf(row("a", { valid_until: inDays(-2) }))).toBe("ended");
  expect(standingOf(row("a", { valid_until: inDays(400), result: "failed" }))).toBe("failed");
});

it("begun work is what happens now, and a planned visit is one to come", () => {
  const orders = [
    row("new", { status: "new" }),
    row("planned", { status: "assigned", scheduled_at: "2026-11-21T10:00:00Z" }),
    row("begun", { status: "in_progress", scheduled_at: "2026-11-21T08:00:00Z" }),
  ];
  expect(liveOrder(orders)?.id).toBe("begun");
  expect(visits(orders).map((order) => order.id)).toEqual(["planned"]);
  expect(orders.map(stageOf)).toEqual([0, 1, 2]);
  expect(stageOf(row("held", { status: "on_hold", started_at: "2026-11-21T08:00:00Z" }))).toBe(2);
  expect(stageOf(row("over", { status: "invoiced" }))).toBe(3);
});
