/** Where on the page a kind's fields stand. */
import type { Row } from "../../kernel/api";
import { type Field, fieldsOf, type Kind } from "../../kernel/schema";
import { titleOf } from "../../ui/value";
import { capital } from "../../words/en/parts";

/** The two or three facts that matter, beside the state. */
const HEAD: Record<string, string[]> = {
  companies: ["sector", "phone", "owner_id"],
  sites: ["company_id", "phone", "health_score"],
  contacts: ["job_title", "company_id", "phone"],
  deals: ["value", "expected_on", "owner_id"],
  equipment: ["type", "inspection_due", "serial"],
  "work-orders": ["priority", "due_at", "assigned_to"],
  tasks: ["due_at", "assignee_id"],
  certificates: ["result", "valid_until"],
  contractors: ["trade", "phone"],
  "stock-items": ["quantity", "location", "reorder_at"],
  users: ["email", "role"],
  services: ["minutes", "price"],
  products: ["number", "price"],
};

/** Long texts that are a fact like any other. */
const SHORT = new Set(["address"]);
/** Shown with another: a currency with its money, coordinates as a place on the map. */
const WITH_OTHERS = new Set(["lat", "lng", "about_kind", "about_id"]);

export interface Layout {
  title: Field | undefined;
  state: Field | undefined;
  head: Field[];
  /** Texts that are read as a paragraph. */
  says: Field[];
  facts: Field[];
  wells: Field[];
}

export function layoutOf(kind: Kind): Layout {
  const fields = fieldsOf(kind);
  const named = (name: string | undefined) => fields.find((field) => field.name === name && !field.own);
  const title = named(kind.title);
  const state = named(kind.states?.field);
  const head = (HEAD[kind.name] ?? []).map(named).filter((field): field is Field => field !== undefined);
  const currencies = new Set(fields.map((field) => field.currency_field).filter(Boolean));
  const rest = fields.filter(
    (field) =>
      field !== title && field !== state && !head.includes(field) && field.type !== "json" &&
      !WITH_OTHERS.has(field.name) && !(field.type === "currency" && currencies.has(field.name)),
  );
  const isText = (field: Field) => field.type === "long_text" && !SHORT.has(field.name);
  return {
    title,
    state,
    head,
    says: rest.filter((field) => isText(field) && !field.protected),
    facts: rest.filter((field) => !isText(field) && !field.protected),
    wells: rest.filter((field) => field.protected),
  };
}

/** What stands on top: a record without a name of its own goes by its kind. */
export function headingOf(kind: Kind, row: Row): string {
  const title = String(row[kind.title] ?? titleOf(row));
  return title === row.id ? capital(kind.one) : title;
}

/** Where a record may go from where it stands, itself first. */
export function movesOf(kind: Kind, field: Field, row: Row): string[] {
  const now = String(row[field.name] ?? "");
  const all = field.choices?.map((choice) => choice.name) ?? [];
  const moves = kind.states?.moves;
  if (!moves) return all;
  const next = moves[now] ?? all;
  return all.filter((name) => name === now || next.includes(name));
}
