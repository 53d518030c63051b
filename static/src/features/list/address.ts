/** What a list shows, as its address says it: to be shared, and to go back and forward through. */
import { type Filter, filterOf, parametersOf } from "./filters";

export interface Place {
  filter: Filter;
  q: string;
  /** `name`, `-created_at`; null for the kind's own order. */
  sort: string | null;
  columns: string[] | null;
  /** The saved view that it began with. */
  view: string | null;
  page: number;
}

const OWN = new Set(["q", "sort", "columns", "view", "page"]);

export function placeOf(search: string): Place {
  const given = new URLSearchParams(search);
  const columns = given.get("columns")?.split(",").filter(Boolean);
  return {
    filter: filterOf([...given].filter(([name]) => !OWN.has(name))),
    q: given.get("q") ?? "",
    sort: given.get("sort"),
    columns: columns?.length ? columns : null,
    view: given.get("view"),
    page: Math.max(1, Math.floor(Number(given.get("page"))) || 1),
  };
}

/** Without the question mark; empty for the whole list. */
export function addressOf({ filter, q, sort, columns, view, page }: Place): string {
  const query = new URLSearchParams(parametersOf(filter));
  if (q) query.set("q", q);
  if (sort) query.set("sort", sort);
  if (columns) query.set("columns", columns.join(","));
  if (view) query.set("view", view);
  if (page > 1) query.set("page", String(page));
  return query.toString();
}

/** What a saved view keeps: which rows in which order, not how far one had read. */
export function keptOf(place: Place): string {
  return addressOf({ ...place, columns: null, view: null, page: 1 });
}
