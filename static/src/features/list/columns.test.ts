import { expect, test } from "vitest";
import type { Field, Kind, Schema } from "../../kernel/schema";
import { chosenColumns, fieldsFor, widths } from "./columns";

const field = (name: string, more: Partial<Field> = {}) =>
  ({ name, label: name, type: "text", filterable: true, sortable: false, max_length: 200, ...more }) as Field;
const kind = (name: string, fields: Field[], custom: Field[] = []) =>
  ({ name, title: "name", fields, custom, states: null }) as unknown as Kind;

const companies = kind("companies", [field("name")]);
const sites = kind("sites", [field("name"), field("company_id", { type: "reference", kind: "companies", expands_as: "company" }), field("address"), field("note", { type: "long_text" })], [field("floors", { type: "int" })]);
const schema: Schema = { kinds: [companies, sites] };

test("a reference is asked for by the title of what it names", () => {
  expect(fieldsFor(sites, chosenColumns(sites, ["name", "company_id"]), schema)).toBe("id,version,name,company.id,company.name");
});

test("a kind that may not be seen is not asked about", () => {
  expect(fieldsFor(sites, chosenColumns(sites, ["name", "company_id"]), { kinds: [sites] })).toBe("id,version,name,company_id");
});

test("a column that is gone is left out, and a tenant's own field stands under custom", () => {
  expect(chosenColumns(sites, ["custom.floors", "colour", "name"]).map((c) => c.path)).toEqual(["custom.floors", "name"]);
});

test("with nothing left of a choice the kind's own columns come back", () => {
  expect(chosenColumns(sites, ["colour"])[0]?.path).toBe("name");
});

test("columns fill the room to the pixel", () => {
  const columns = chosenColumns(sites, ["name", "company_id", "custom.floors"]);
  expect(widths(sites, columns, 1000).reduce((a, b) => a + b)).toBe(1000);
});
