import { expect, test } from "vitest";
import { addDays, addMonths, at, daysBetween, isDay, minutesOf, monday } from "./zone";

test("a time of day is a moment in the zone, in winter and in summer", () => {
  expect(at("2026-11-21", 8 * 60, "Europe/London")).toBe("2026-11-21T08:00:00.000Z");
  expect(at("2026-07-21", 8 * 60, "Europe/London")).toBe("2026-07-21T07:00:00.000Z");
  expect(at("2026-07-21", 30, "America/New_York")).toBe("2026-07-21T04:30:00.000Z");
  expect(at("2026-07-21", 0, "Asia/Kolkata")).toBe("2026-07-20T18:30:00.000Z");
});

test("the hours around a change of clocks are right", () => {
  expect(at("2026-03-29", 0, "Europe/London")).toBe("2026-03-29T00:00:00.000Z");
  expect(at("2026-03-29", 180, "Europe/London")).toBe("2026-03-29T02:00:00.000Z");
  expect(at("2026-10-25", 180, "Europe/London")).toBe("2026-10-25T03:00:00.000Z");
});

test("a moment and its time of day are each other's way back", () => {
  for (const zone of ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]) {
    for (const minutes of [0, 59, 6 * 60, 1439]) expect(minutesOf(at("2026-07-21", minutes, zone), zone)).toBe(minutes);
  }
});

test("days are counted over the ends of months and years", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-01");
  expect(addMonths("2026-01-15", -1)).toBe("2025-12-01");
  expect(monday("2026-11-22")).toBe("2026-11-16");
  expect(daysBetween("2026-02-27", "2026-03-02")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
});

test("what is no day is not taken for one", () => {
  expect(isDay("2026-11-21")).toBe(true);
  expect(isDay("2026-13-41")).toBe(false);
  expect(isDay("tomorrow")).toBe(false);
  expect(isDay(null)).toBe(false);
});
