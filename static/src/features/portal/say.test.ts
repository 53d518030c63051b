import { expect, test } from "vitest";
import { amount, percent, signed } from "./say";

test("parts are said in percent, small ones to a place", () => {
  expect([0, 0.0421, 0.123, 1.5, -0.0312, null].map(percent)).toEqual(["0 %", "4.2 %", "12 %", "150 %", "−3.1 %", "–"]);
});

test("a difference says which way it goes", () => {
  expect([12, -80, 0].map((value) => signed(value))).toEqual(["+12", "−80", "0"]);
  expect(amount(-125000, "GBP")).toMatch(/^−£1,250$/);
});
