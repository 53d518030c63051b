import { expect, test } from "vitest";
import type { Field, Kind } from "../../kernel/schema";
import { groupsOf } from "./groups";

const field = (name: string, more: Partial<Field> = {}): Field => ({ name, label: name, type: "text", ...more }) as Field;

const kind = {
  name: "tasks",
  fields: ["title", "description", "status", "assignee_id", "due_at", "about_kind", "about_id", "colour"].map((name) => field(name)).concat(
    field("completed_at", { read_only: true }),
    field("active", { default: true }),
  ),
  custom: [field("shift")],
} as unknown as Kind;

const shape = (making: boolean) => groupsOf(kind, making).map((group) => [group.name, group.fields.map((one) => one.name)]);

test("a new record is asked for what is known then", () => {
  expect(shape(true)).toEqual([
    ["main", ["title", "description", "assignee_id", "due_at"]],
    ["rest", ["colour"]],
    ["own", ["shift"]],
  ]);
});

test("a change asks for everything that may be changed, each field once", () => {
  expect(shape(false)).toEqual([
    ["main", ["title", "description", "assignee_id", "due_at", "status"]],
    ["rest", ["colour", "active"]],
    ["own", ["shift"]],
  ]);
});

test("what it is about stands with the main things", () => {
  expect(groupsOf(kind, true)[0]?.about).toBe(true);
});

test("a kind without an order of its own asks in the schema's order", () => {
  const other = { ...kind, name: "gadgets", fields: [field("b"), field("a")], custom: [] } as unknown as Kind;
  expect(groupsOf(other, true).map((group) => group.fields.map((one) => one.name))).toEqual([["b", "a"]]);
});
