import { QueryObserver } from "@tanstack/preact-query";
import { expect, test } from "vitest";
import type { Call } from "./api";
import { client } from "./query";
import { costOf, reads, type Visit, visit as open, visits, watchReads } from "./visits";

const call = (at: number, more: Partial<Call> = {}): Call => ({
  method: "GET", path: "/api/v1/x", status: 200, ms: 20, bytes: 100, at, place: "/", cause: "visit", ...more,
});
const visit = (at: number, hits = 0, misses = 0): Visit => ({ place: "/", at, hits, misses });

test("a visit costs what was asked for until the next began", () => {
  const cost = costOf(visit(1000), visit(5000), [call(900), call(1050), call(1100, { bytes: 50 }), call(6000)]);
  expect(cost).toMatchObject({ calls: 2, bytes: 150, ms: 100 });
});

test("writes, searches and timed readings are not part of a visit", () => {
  const made = [call(1050, { cause: "timer" }), call(1060, { cause: "write" }), call(1070, { cause: "search" })];
  expect(costOf(visit(1000), undefined, made).calls).toBe(0);
});

test("the share from the cache is told of reads, and unknown without any", () => {
  expect(costOf(visit(1000, 3, 1), undefined, []).cached).toBe(0.75);
  expect(costOf(visit(1000), undefined, []).cached).toBeNull();
});

test("one who is switched off reads nothing, and counts once when switched on", async () => {
  const stop = watchReads();
  open("/here");
  const options = { queryKey: ["list", "sites", "q"], queryFn: async () => 1 };
  const observer = new QueryObserver(client, { ...options, enabled: false });
  const leave = observer.subscribe(() => {});
  expect(visits.value.at(-1)).toMatchObject({ hits: 0, misses: 0 });
  observer.setOptions({ ...options, enabled: true });
  observer.setOptions({ ...options, enabled: true, gcTime: 1 });
  expect(visits.value.at(-1)).toMatchObject({ hits: 0, misses: 1 });
  expect([...reads.values()]).toMatchObject([{ hits: 0, misses: 1 }]);
  leave();
  stop();
  client.clear();
});
