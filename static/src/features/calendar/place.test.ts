import { expect, test } from "vitest";
import { span, step } from "./place";

test("a month is shown in whole weeks from Monday", () => {
  expect(span("month", "2026-11-20")).toEqual({ from: "2026-10-26", to: "2026-12-07" });
  expect(span("month", "2027-02-10")).toEqual({ from: "2027-02-01", to: "2027-03-01" });
  expect(span("week", "2026-11-22")).toEqual({ from: "2026-11-16", to: "2026-11-23" });
});

test("the last of a month has its like in a shorter one", () => {
  expect(step("month", "2027-01-31", 1)).toBe("2027-02-28");
  expect(step("month", "2027-03-31", -1)).toBe("2027-02-28");
  expect(step("week", "2026-12-30", 1)).toBe("2027-01-06");
});
