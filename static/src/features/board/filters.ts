/** The filters of a board stand in its address, in the words of the API, so that a link shows the same. */
import { fieldOf, type Kind } from "../../kernel/schema";
import { SETTLED } from "../../kernel/kinds";
import type { BoardFields } from "./faces";

/** Since when records that came to their end are shown. */
export const SINCE = ["month", "quarter", "year", "all"] as const;
export type Since = (typeof SINCE)[number];

/** Times that the date of a board can be within: `[gte, lt]` in the server's relative days. */
export const WITHIN = {
  late: [null, "today"],
  today: ["today", "today+1"],
  week: ["week", "week+1"],
  nextWeek: ["week+1", "week+2"],
  month: ["month", "month+1"],
  nextMonth: ["month+1", "month+2"],
  quarter: ["quarter", "quarter+1"],
  year: ["year", "year+1"],
} as const;
export type Within = keyof typeof WITHIN | "none";

/** What the address says besides filters. */
const OURS = new Set(["since", "column"]);

/** The field that a parameter filters: `due_at` of `due_at[lt]`, `company` of `company.name`. */
const base = (name: string): string => (name.match(/^[\w-]+/)?.[0] ?? name);

/** Parameters that filter this kind; anything else in a link or a saved view is left alone. */
export function filtersIn(search: string, kind: Kind): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) {
    const field = base(name);
    const ours = OURS.has(name) || field === kind.states?.field;
    const known = fieldOf(kind, field) ?? kind.fields.find((f) => f.expands_as === field);
    if (!ours && (known || name === "q" || name === "filter" || field === "custom")) found.append(name, value);
  }
  return found;
}

export function sinceIn(search: string): Since {
  const said = new URLSearchParams(search).get("since") as Since | null;
  return said && SINCE.includes(said) ? said : "month";
}

export const isSettled = (field: BoardFields["state"], value: string): boolean => {
  const counts = field.choices?.find((choice) => choice.name === value)?.counts_as;
  return counts ? counts !== "open" : SETTLED.has(value);
};

/** Does a column hold only what ended lately? What was called off has no day on which it was completed. */
export function datedBy({ ended, state }: BoardFields, value: string): boolean {
  return ended !== undefined && isSettled(state, value) && !(ended.name === "completed_at" && value === "cancelled");
}

/** Columns of years of finished work say little: they hold what ended since then. */
export function withSince(filters: URLSearchParams, fields: BoardFields, since: Since): URLSearchParams {
  const { ended, state } = fields;
  const query = new URLSearchParams(filters);
  if (!ended || since === "all") return query;
  const names = (state.choices ?? []).map((choice) => choice.name);
  const always = names.filter((name) => !datedBy(fields, name));
  const recent = { or: [{ [state.name]: { in: always } }, { [ended.name]: { gte: since } }] };
  const own = query.get("filter");
  query.set("filter", own ? `{"and":[${own},${JSON.stringify(recent)}]}` : JSON.stringify(recent));
  return query;
}

/** Which of the known times a field is held to. */
export function withinIn(filters: URLSearchParams, field: string): Within | undefined {
  if (filters.get(`${field}[null]`) === "true") return "none";
  const [from, to] = [filters.get(`${field}[gte]`), filters.get(`${field}[lt]`)];
  return (Object.keys(WITHIN) as (keyof typeof WITHIN)[]).find((name) => WITHIN[name][0] === from && WITHIN[name][1] === to);
}

/** The address's search with some parameters set or, by null, taken away. */
export function changedSearch(search: string, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

export function withinChanges(field: string, within: Within | null): Record<string, string | null> {
  const [from, to] = within && within !== "none" ? WITHIN[within] : [null, null];
  return { [`${field}[gte]`]: from, [`${field}[lt]`]: to, [`${field}[null]`]: within === "none" ? "true" : null };
}
