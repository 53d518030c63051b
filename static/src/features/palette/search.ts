/** Searches all kinds in one request. */
import { call, type Page, type Row } from "../../kernel/api";
import { iconOf, RAIL } from "../../kernel/kinds";
import { kindOf, may, type Kind } from "../../kernel/schema";
import { titleOf } from "../../ui/value";
import { words } from "../../words";
import { score } from "./marked";
import type { Item } from "./items";

/** What says more about a record than its title, best first. */
const SUBS: Record<string, string[]> = {
  companies: ["sector"],
  sites: ["address"],
  contacts: ["job_title", "company_id"],
  deals: ["company_id"],
  equipment: ["serial", "site_id"],
  "work-orders": ["number", "site_id"],
  tasks: ["assignee_id"],
  certificates: ["equipment_id"],
  contractors: ["trade"],
  "stock-items": ["number", "location"],
  users: ["role"],
  products: ["number"],
};
/** Where a record stands, shown as a chip. */
const STATES: Record<string, string> = { "work-orders": "status", deals: "stage", tasks: "status" };

const EACH = 5;
/** When many kinds answer, fewer of each. */
const EACH_OF_MANY = 3;
const MANY = 4;
/** What one batch may hold. */
const MOST = 20;

export function searchable(kinds: Kind[]): Kind[] {
  const place = (kind: Kind) => (RAIL as readonly string[]).indexOf(kind.name) + 1 || 99;
  return kinds
    .filter((kind) => may(kind, "read") && kind.fields.some((field) => field.searched))
    .sort((a, b) => place(a) - place(b))
    .slice(0, MOST);
}

/** The fields of a kind's row that are shown; a reference by its name alone. */
function shownOf(kind: Kind): { path: string; read: (row: Row) => string }[] {
  return (SUBS[kind.name] ?? []).flatMap((name) => {
    const field = kind.fields.find((f) => f.name === name);
    if (!field) return [];
    if (!field.expands_as) return [{ path: name, read: (row: Row) => String(row[name] ?? "").replaceAll("\n", ", ") }];
    const other = kindOf(field.kind ?? "");
    const member = field.expands_as;
    return other && other.fields.some((f) => f.name === other.title)
      ? [{ path: `${member}.${other.title}`, read: (row: Row) => ((row[member] as Row | null)?.[other.title] as string) ?? "" }]
      : [];
  });
}

function fieldsOf(kind: Kind): string {
  const about = kind.fields.some((f) => f.name === "about_id") && kind.name !== "tasks" ? ["about_kind", "about_id"] : [];
  const names = ["id", "version", kind.title, ...about, STATES[kind.name]].filter((name) => name && (name === "id" || name === "version" || kind.fields.some((f) => f.name === name)));
  return [...names, ...shownOf(kind).map((shown) => shown.path)].join(",");
}

export interface Found {
  items: Item[];
  /** Kinds with more than was brought. */
  more: Kind[];
}

export async function search(typed: string, kinds: Kind[], signal?: AbortSignal): Promise<Found> {
  const requests = kinds.map((kind) => ({
    method: "GET",
    path: `${kind.name}?${new URLSearchParams({ q: typed, limit: String(EACH), fields: fieldsOf(kind) })}`,
  }));
  const { data } = await call<{ responses: { status: number; body: Page }[] }>("POST", "batch", { body: { requests }, signal, cause: "search" });
  const found = kinds.flatMap((kind, i) => {
    const answer = data.responses[i];
    // A kind whose rights changed meanwhile is left out.
    if (!answer || answer.status !== 200 || answer.body.data.length === 0) return [];
    const items = answer.body.data.map((row) => itemOf(kind, row));
    const best = Math.max(...items.map((item) => score(item.title, typed)));
    return [{ kind, items, best, more: answer.body.page.has_more }];
  });
  // Kinds whose best title answers best come first; a kind's own order is the server's.
  found.sort((a, b) => b.best - a.best);
  const each = found.length >= MANY ? EACH_OF_MANY : EACH;
  return {
    items: found.flatMap(({ items }) => items.toSorted((a, b) => score(b.title, typed) - score(a.title, typed)).slice(0, each)),
    more: found.filter(({ items, more }) => more || items.length > each).map(({ kind }) => kind),
  };
}

function itemOf(kind: Kind, row: Row): Item {
  const state = STATES[kind.name];
  const field = kind.fields.find((f) => f.name === state);
  const about = row.about_kind && row.about_id && kind.name !== "tasks" ? `/${row.about_kind}/${row.about_id}` : null;
  const title = kind.title in row && row[kind.title] ? String(row[kind.title]) : titleOf(row);
  return {
    id: `${kind.name}/${row.id}`,
    icon: iconOf(kind.name),
    title: title.split("\n")[0]?.slice(0, 120) ?? "",
    sub: shownOf(kind).map((shown) => shown.read(row)).filter(Boolean).join(", "),
    end: words.palette.kind(kind.one),
    state: field && state && row[state] ? { field, value: String(row[state]) } : undefined,
    href: about ?? `/${kind.name}/${row.id}`,
    record: about ? undefined : { kind: kind.name, row },
  };
}
