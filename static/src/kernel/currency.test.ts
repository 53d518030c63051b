import { expect, test } from "vitest";
import type { Row } from "./api";
import { asBefore, inCurrency } from "./currency";
import type { Kind } from "./schema";

const kind = {
  fields: [
    { name: "price", type: "money", currency_field: "currency" },
    { name: "cost", type: "money" },
    { name: "fee", type: "money", currency_field: "fee_currency" },
    { name: "currency", type: "currency" },
    { name: "count", type: "int" },
  ],
  custom: [{ name: "bonus", type: "money", own: true }],
} as unknown as Kind;
const row = (values: object): Row => ({ id: "1", version: 1, ...values }) as Row;

test("the number that stands there stays when its currency changes", () => {
  const pounds = row({ price: 9_500, cost: null, fee: 700, currency: "GBP", count: 3, custom: { bonus: 1_250 } });
  expect(inCurrency(kind, pounds, "currency", "JPY", "GBP")).toEqual({ price: 95, custom: { bonus: 13 } });
  expect(inCurrency(kind, pounds, "currency", "KWD", "GBP")).toEqual({ price: 95_000, custom: { bonus: 12_500 } });
  expect(inCurrency(kind, pounds, "currency", "EUR", "GBP")).toEqual({});
  expect(inCurrency(kind, row({ price: 95, currency: "jpy" }), "currency", "gbp", "GBP")).toEqual({ price: 9_500 });
});

test("without a currency of its own a record is in that of the business", () => {
  expect(inCurrency(kind, row({ price: 95, currency: null }), "currency", "GBP", "JPY")).toEqual({ price: 9_500 });
  expect(inCurrency(kind, row({ price: 9_500, currency: "GBP" }), "currency", null, "JPY")).toEqual({ price: 95 });
});

test("while a currency is typed letter by letter amounts are left alone", () => {
  const before = row({ price: 95, currency: "JPY" });
  for (const typed of ["G", "GB"]) {
    expect(inCurrency(kind, before, "currency", typed, "EUR")).toEqual({});
    expect(asBefore(kind, { ...before, currency: typed }, before).currency).toBe("JPY");
  }
  expect(asBefore(kind, { ...before, currency: "GBP" }, before).currency).toBe("GBP");
  expect(asBefore(kind, { ...before, currency: null }, before).currency).toBeNull();
});
