import { expect, test } from "vitest";
import type { Row } from "../../kernel/api";
import { byUrgency, CLOSES, distinct, type Job, jobOf, lay, load, OPENS, spanOf, timeAt } from "./jobs";

const row = (id: string, more: Partial<Row> = {}): Row => ({ id, version: 1, title: id, status: "assigned", ...more });
const job = (id: string, start: number | null, minutes = 60, more: Partial<Row> = {}): Job => ({ ...jobOf(row(id, more), new Map(), "2026-11-21"), start, minutes });

test("an order takes as long as its service, or an hour", () => {
  const lengths = new Map([["s", 150]]);
  expect(jobOf(row("a", { service_id: "s" }), lengths, "2026-11-21").minutes).toBe(150);
  expect(jobOf(row("b", { service_id: null }), lengths, "2026-11-21").minutes).toBe(60);
});

test("an appointment on another day is no time on this one", () => {
  expect(jobOf(row("a", { scheduled_at: "2026-11-21T09:30:00Z" }), new Map(), "2026-11-21").start).toBe(570);
  expect(jobOf(row("a", { scheduled_at: "2026-11-20T09:30:00Z" }), new Map(), "2026-11-21").start).toBeNull();
});

test("jobs that overlap come into lanes of their own and are marked, one after another they are not", () => {
  const laid = lay([job("c", 600), job("a", 480, 90), job("b", 540)]);
  expect(laid.map(({ job: { title }, lane, overlaps }) => [title, lane, overlaps])).toEqual([
    ["a", 0, true],
    ["b", 1, true],
    ["c", 0, false],
  ]);
});

test("the words of a job reach to the next one in its lane", () => {
  expect(lay([job("a", 480), job("b", 720), job("c", 490)]).map((one) => [one.job.title, one.room])).toEqual([
    ["a", 240],
    ["c", CLOSES - 490],
    ["b", CLOSES - 720],
  ]);
});

test("what is done overlaps with nothing any more", () => {
  expect(lay([job("a", 480, 90, { status: "completed" }), job("b", 540)]).some((one) => one.overlaps)).toBe(false);
});

test("emergencies come first, of equals the oldest", () => {
  const jobs = [
    job("young", null, 60, { priority: "high", created_at: "2026-11-20" }),
    job("low", null, 60, { priority: "low", created_at: "2026-01-01" }),
    job("old", null, 60, { priority: "high", created_at: "2026-11-01" }),
    job("alarm", null, 60, { priority: "emergency", created_at: "2026-11-21" }),
  ];
  expect(jobs.sort(byUrgency).map((one) => one.title)).toEqual(["alarm", "old", "young", "low"]);
  expect(load(jobs)).toBe(240);
});

test("an order in two lists counts once, as it stands last", () => {
  expect(distinct([row("a", { version: 2 })], [row("a"), row("b")]).map((r) => [r.id, r.version])).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
});

test("places on the axis are times to the quarter, and never outside it", () => {
  expect(timeAt(0, 60)).toBe(OPENS);
  expect(timeAt(0.503, 60)).toBe(13 * 60);
  expect(timeAt(2, 60)).toBe(CLOSES - 15);
  expect(timeAt(-1, 60)).toBe(OPENS);
  const early = spanOf(5 * 60, 30);
  expect(early.left).toBe(0);
  expect(spanOf(19 * 60 + 30, 240).left + spanOf(19 * 60 + 30, 240).width).toBeCloseTo(100);
});
