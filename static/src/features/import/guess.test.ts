/** The files that strangers bring first. */
import { expect, test } from "vitest";
import type { Kind } from "../../kernel/schema";
import { guesses, headersOf } from "./guess";

const kind = (name: string, one: string, ...fields: string[]): Kind =>
  ({ name, one, many: name.replace("-", " "), custom: [], fields: fields.map((f) => ({ name: f, label: f })) }) as unknown as Kind;

const KINDS = [
  kind("companies", "company", "name", "sector", "phone", "address"),
  kind("sites", "site", "name", "company_id", "lat", "lng", "address"),
  kind("deals", "deal", "name", "company_id", "product_id", "stage", "value", "closed_on"),
  kind("equipment", "piece of equipment", "name", "serial", "type", "status", "lat", "lng"),
  kind("products", "product", "name", "number", "price"),
  kind("users", "user", "name", "email", "manager", "region"),
];

const best = (file: string, header: string): string | undefined => guesses(KINDS, headersOf(header), file)[0]?.name;

test("a header and a name say what the rows are", () => {
  expect(best("accounts.csv", "account,sector,year_established,revenue,employees,office_location")).toBe("companies");
  expect(best("products.csv", "product,series,sales_price")).toBe("products");
  expect(best("sales_teams.csv", "sales_agent,manager,regional_office")).toBe("users");
  expect(best("sales_pipeline.csv", "sales_agent,product,account,deal_stage,engage_date,close_date,close_value")).toBe("deals");
  expect(best("nyc-elevators.csv", "status,type,approved,lat,lng")).toBe("equipment");
});

test("a header that says nothing is not guessed at", () => {
  expect(best("export.csv", "a,b,c")).toBeUndefined();
});

test("other separators, quotes and a byte-order mark are seen through", () => {
  expect(headersOf('\uFEFF"Name";"Phone"\r\nA;1')).toEqual(["Name", "Phone"]);
});
