import { expect, test } from "vitest";
import type { Field, Kind } from "../../kernel/schema";
import type { Entry } from "./api";
import { saidOf, tickedBy } from "./sentences";

const field = (name: string, label: string, type: string, more: Partial<Field> = {}): Field =>
  ({ name, label, type, ...more }) as Field;

const kind = {
  name: "work-orders",
  states: { field: "status", moves: null },
  fields: [
    field("status", "Status", "choice", { choices: [{ name: "in_progress" }] }),
    field("assigned_to", "Technician", "reference", { kind: "users" }),
    field("started_at", "Started", "time"),
    field("access_codes", "Access codes", "long_text", { protected: true }),
    field("phone", "Phone", "phone"),
    field("checklist", "Checklist", "json"),
  ],
  custom: [field("contract", "Contract", "text")],
} as unknown as Kind;

const entry = (changes: Entry["changes"]): Entry => ({
  at: "2026-11-21T08:00:00.500Z",
  user_id: null,
  user_name: "Marek",
  action: "update",
  version: 2,
  import_id: null,
  changes,
});

const said = (changes: Entry["changes"]) =>
  saidOf(kind, entry(changes), (_, id) => (id === "u1" ? "Dev Mistry" : null)).map((one) => [one.verb, one.what, one.to]);

test("a state is said by its label, and what it stamps is not said", () => {
  expect(said({ status: ["new", "in_progress"], started_at: [null, "2026-11-21T08:00:00.000Z"] })).toEqual([
    ["set", "Status", "In progress"],
  ]);
});

test("people go by their names, others whom nobody knows are only mentioned", () => {
  expect(said({ assigned_to: [null, "u1"] })).toEqual([["set", "Technician", "Dev Mistry"]]);
  expect(said({ assigned_to: [null, "u2"] })).toEqual([["changed", "Technician", undefined]]);
});

test("a protected value is never repeated", () => {
  expect(said({ access_codes: [null, "1234"] })).toEqual([["changed", "Access codes", undefined]]);
});

test("own fields and emptied fields have their words", () => {
  expect(said({ custom: [{ contract: "A" }, { contract: "B" }], phone: ["1", null] })).toEqual([
    ["emptied", "Phone", undefined],
    ["set", "Contract", "B"],
  ]);
});

test("steps are said one by one, and who ticked one is found", () => {
  const changes: Entry["changes"] = { checklist: [[{ text: "A" }, { text: "B", done: true }], [{ text: "A", done: true }, { text: "C" }]] };
  expect(said(changes)).toEqual([
    ["ticked", "A", undefined],
    ["added the step", "C", undefined],
    ["took away the step", "B", undefined],
  ]);
  expect(tickedBy([entry(null), entry(changes)], "A")?.user_name).toBe("Marek");
  expect(tickedBy([entry(changes)], "B")).toBeUndefined();
});
