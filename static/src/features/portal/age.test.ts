import { expect, test } from "vitest";
import { ageText, wordOf } from "./age";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

// C08, D23
test("figures are fresh within their own TTL, stale to five times it, very stale beyond", () => {
  const words = [0, 119, 120, 599, 600, 5000].map((age) => wordOf(before(age), 120, false, NOW));
  expect(words).toEqual(["fresh", "fresh", "stale", "stale", "very_stale", "very_stale"]);
  expect(wordOf(before(599), 600, false, NOW)).toBe("fresh");
});

test("what could not be loaded is an error however young it is, and nothing is neither", () => {
  expect(wordOf(before(5), 120, true, NOW)).toBe("error");
  expect(wordOf(null, 120, false, NOW)).toBe("none");
});

test("ages count in the unit in which they change", () => {
  expect([0, 38, 60, 72, 600, 2880, 3600, 7500].map(ageText)).toEqual(["0 s", "38 s", "1 min", "1 min 12 s", "10 min", "48 min", "1 h", "2 h 5 min"]);
});
