/** What a card shows, kind by kind, as far as this person may see it. */
import type { Row } from "../../kernel/api";
import { type Field, fieldOf, type Kind } from "../../kernel/schema";

/** Names of fields for the places on a card; a dotted name is a field of what a reference names. */
interface Face {
  title: string[];
  under: string[];
  date: string[];
  person: string[];
}

const FACES: Record<string, Face> = {
  deals: { title: ["company", "name"], under: ["product", "name"], date: ["expected_on"], person: ["owner_id"] },
  "work-orders": { title: ["title"], under: ["site"], date: ["due_at"], person: ["assigned_to", "contractor_id"] },
  tasks: { title: ["title"], under: [], date: ["due_at"], person: ["assignee_id"] },
  equipment: { title: ["name"], under: ["site"], date: ["inspection_due"], person: [] },
};

/** The fields of a kind that a board works with, those missing from the schema left out. */
export interface BoardFields {
  state: Field;
  money?: Field;
  priority?: Field;
  date?: Field;
  people: Field[];
  titles: Named[];
  unders: Named[];
  /** When a record came to its end. */
  ended?: Field;
}

/** Something with a name: a field, or the title of what a reference names. */
export interface Named {
  /** As it is asked for: `title`, `company.name`. */
  path: string;
  /** The member that holds it, and the field in it. */
  member: string;
  inner?: string;
}

const ENDED = ["closed_on", "completed_at"];

export function boardFields(kind: Kind, kinds: Kind[]): BoardFields | null {
  const state = kind.states && fieldOf(kind, kind.states.field);
  if (!state?.choices) return null;
  const face = FACES[kind.name] ?? { title: [kind.title], under: [], date: ["due_at"], person: [] };
  const first = (names: string[]) => names.map((name) => fieldOf(kind, name)).find((field) => field !== undefined);
  const named = (names: string[]) => names.flatMap((name) => toNamed(kind, kinds, name) ?? []);
  return {
    state,
    money: kind.fields.find((field) => field.type === "money" && field.filterable !== false),
    priority: fieldOf(kind, "priority"),
    date: first(face.date),
    people: face.person.flatMap((name) => fieldOf(kind, name) ?? []).filter((field) => titleOfKind(kinds, field.kind)),
    titles: named([...face.title, kind.title]),
    unders: named(face.under),
    ended: first(ENDED),
  };
}

function toNamed(kind: Kind, kinds: Kind[], name: string): Named | undefined {
  const plain = fieldOf(kind, name);
  if (plain && plain.type !== "reference") return { path: name, member: name };
  const reference = kind.fields.find((field) => field.expands_as === name);
  const inner = titleOfKind(kinds, reference?.kind);
  return inner ? { path: `${name}.${inner}`, member: name, inner } : undefined;
}

/** The title of a kind, when this person may see both. */
function titleOfKind(kinds: Kind[], name: string | undefined): string | undefined {
  const kind = kinds.find((other) => other.name === name);
  return kind && fieldOf(kind, kind.title) ? kind.title : undefined;
}

/** What a card needs of a record: asked for as `fields`. */
export function fieldsAsked(fields: BoardFields, kinds: Kind[]): string {
  const people = fields.people.map((field) => `${field.expands_as}.${titleOfKind(kinds, field.kind)}`);
  const plain = [fields.state, fields.money, fields.priority, fields.date, fields.ended].flatMap((field) => field?.name ?? []);
  const money = fields.money?.currency_field;
  const names = [...fields.titles, ...fields.unders].map((named) => named.path);
  return [...new Set(["id", "version", ...plain, ...(money ? [money] : []), ...names, ...people])].join(",");
}

/** Dearest first where there is money, else what is due soonest. */
export function sortOfBoard(fields: BoardFields): string {
  if (fields.money?.sortable) return `-${fields.money.name}`;
  if (fields.date?.sortable) return fields.date.name;
  return "-created_at";
}

function read(row: Row, { member, inner }: Named): string {
  const value = row[member];
  if (inner === undefined) return typeof value === "string" ? value : "";
  return value && typeof value === "object" ? String((value as Record<string, unknown>)[inner] ?? "") : "";
}

/** The lines of a card: what stands above does not come again below. */
export function linesOf(row: Row, fields: BoardFields): { title: string; under: string } {
  const title = fields.titles.map((named) => read(row, named)).find((text) => text !== "") ?? row.id;
  const under = fields.unders.map((named) => read(row, named)).find((text) => text !== "" && text !== title) ?? "";
  return { title, under };
}

export function personOf(row: Row, fields: BoardFields): string | null {
  for (const field of fields.people) {
    const person = field.expands_as ? row[field.expands_as] : null;
    if (person && typeof person === "object") return String((person as Record<string, unknown>).name ?? "") || null;
  }
  return null;
}
