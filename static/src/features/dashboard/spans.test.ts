import { expect, test } from "vitest";
import { months, weeks } from "./spans";

test("weeks begin on Monday and end with this one", () => {
  expect(weeks(3, "2026-11-21").map((w) => w.value)).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
  expect(weeks(1, "2026-11-16")[0]).toEqual({ value: "2026-11-16", from: "2026-11-16", to: "2026-11-23" });
  expect(weeks(1, "2026-11-22")[0]?.value).toBe("2026-11-16");
});

test("months cross the year", () => {
  expect(months(3, "2027-01-05").map((m) => m.value)).toEqual(["2026-11", "2026-12", "2027-01"]);
  expect(months(1, "2026-12-31")[0]).toEqual({ value: "2026-12", from: "2026-12-01", to: "2027-01-01" });
});
