import { expect, test } from "vitest";
import type { Field, Kind } from "../../kernel/schema";
import { bodyOf, given } from "./given";

const field = (name: string, type = "text", more: Partial<Field> = {}): Field => ({ name, label: name, type, ...more }) as Field;

const kind = {
  name: "deals",
  fields: [
    field("name"),
    field("company_id", "reference"),
    field("value", "money", { currency_field: "currency" }),
    field("currency", "currency"),
    field("active", "bool", { default: true }),
    field("seen", "int", { read_only: true, default: 0 }),
  ],
  custom: [field("stops", "int")],
} as unknown as Kind;

test("a form starts with defaults, the tenant's currency and what the address says", () => {
  expect(given(kind, "?company_id=c1&custom.stops=4&unknown=1", "GBP")).toEqual({
    id: "",
    version: 0,
    company_id: "c1",
    currency: "GBP",
    active: true,
    custom: { stops: 4 },
  });
});

test("a currency is sent with money only", () => {
  const row = { ...given(kind, "", "GBP"), name: "A" };
  expect(bodyOf(kind, row)).toEqual({ name: "A", active: true });
  expect(bodyOf(kind, { ...row, value: 100 })).toEqual({ name: "A", active: true, value: 100, currency: "GBP" });
});
