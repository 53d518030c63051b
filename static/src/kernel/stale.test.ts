import { expect, test } from "vitest";
import { freshness, KEPT_MS } from "./stale";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

test.each([
  ["companies", 5 * MINUTE, undefined], // R03
  ["sites", 5 * MINUTE, undefined], // R04
  ["services", 10 * MINUTE, undefined], // R05
  ["equipment", 2 * MINUTE, undefined], // R06
  ["work-orders", 30 * SECOND, MINUTE], // R07
  ["tasks", 30 * SECOND, 30 * SECOND], // R08
  ["dashboard", MINUTE, MINUTE], // R09
  ["reference", 5 * MINUTE, 5 * MINUTE], // P07
  ["deals", 5 * MINUTE, undefined], // whatever the table does not name
])("%s are fresh for %i ms and read again after %s", (kind, stale, refetch) => {
  expect(freshness(kind)).toEqual(refetch === undefined ? { stale } : { stale, refetch });
});

test("a page is kept for five minutes (P12)", () => {
  expect(KEPT_MS).toBe(5 * MINUTE);
});
