import { expect, test } from "vitest";
import type { Row } from "../../kernel/api";
import type { Field, Kind } from "../../kernel/schema";
import { layoutOf, movesOf } from "./layout";

const field = (name: string, type = "text", more: Partial<Field> = {}): Field =>
  ({ name, label: name, type, required: false, ...more }) as Field;

const choices = ["new", "assigned", "done"].map((name) => ({ name }));
const kind = {
  name: "work-orders",
  title: "title",
  states: { field: "status", moves: { new: ["assigned"], assigned: ["new", "done"] } },
  fields: [
    field("title"),
    field("description", "long_text"),
    field("address", "long_text"),
    field("access", "long_text", { protected: true }),
    field("priority", "choice"),
    field("status", "choice", { choices }),
    field("price", "money", { currency_field: "currency" }),
    field("currency", "currency"),
    field("checklist", "json"),
  ],
  custom: [field("contract")],
} as unknown as Kind;

const names = (fields: Field[]) => fields.map((one) => one.name);

test("every field has one place", () => {
  const layout = layoutOf(kind);
  expect(layout.title?.name).toBe("title");
  expect(layout.state?.name).toBe("status");
  expect(names(layout.head)).toEqual(["priority"]);
  expect(names(layout.says)).toEqual(["description"]);
  expect(names(layout.wells)).toEqual(["access"]);
  expect(names(layout.facts)).toEqual(["address", "price", "contract"]);
});

test("only allowed moves are offered, and where it stands", () => {
  const status = kind.fields.find((one) => one.name === "status") as Field;
  const at = (state: string) => movesOf(kind, status, { id: "", version: 1, status: state } as Row);
  expect(at("new")).toEqual(["new", "assigned"]);
  expect(at("assigned")).toEqual(["new", "assigned", "done"]);
  expect(movesOf({ ...kind, states: { field: "status", moves: null } }, status, { id: "", version: 1 })).toEqual(["new", "assigned", "done"]);
});
