/** The one query client, and the names under which it keeps things. */
import { QueryClient, type QueryKey } from "@tanstack/preact-query";
import { Problem, type Row } from "./api";
import { freshness, KEPT_MS } from "./stale";

/** Keys begin with what is kept and the kind that it is about: invalidation looks at these two. */
export const keys = {
  session: ["session", "session"] as const,
  schema: ["schema", "reference"] as const,
  reference: (name: string) => ["reference", "reference", name] as const,
  list: (kind: string, query: string) => ["list", kind, query] as const,
  rows: (kind: string, query: string) => ["rows", kind, query] as const,
  related: (kind: string, query: string) => ["related", kind, query] as const,
  record: (kind: string, id: string) => ["record", kind, id] as const,
  timeline: (kind: string, id: string) => ["timeline", kind, id] as const,
  summary: (kind: string, query: string) => ["summary", kind, query] as const,
  dashboard: ["dashboard", "dashboard"] as const,
  figures: (kind: string, id: string) => ["figures", kind, id] as const,
  notifications: ["notifications", "notifications"] as const,
  recents: ["recents", "recents"] as const,
};

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: (query) => freshness(String(query.queryKey[1])).stale,
      gcTime: KEPT_MS,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && error instanceof Problem && worthAgain(error),
      retryDelay: (failures) => Math.min(1000 * 2 ** failures, 10_000),
    },
    mutations: { retry: false },
  },
});

/** Only what may pass by itself: no network, a busy server. */
function worthAgain(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 502 || problem.status === 503;
}

/** Kinds whose rows show something of another kind (a site's name in a list of work orders). */
const shownIn = new Map<string, Set<string>>();

/** Told by the schema, once it is known. */
export function setShownIn(relations: Iterable<[shown: string, by: string]>): void {
  shownIn.clear();
  for (const [shown, by] of relations) {
    const kinds = shownIn.get(shown) ?? new Set();
    shownIn.set(shown, kinds.add(by));
  }
}

/** What a change to a record of `kind` makes old. Whatever is on screen is read again at once. */
export function changed(kind: string): void {
  const also = shownIn.get(kind);
  void client.invalidateQueries({
    predicate: ({ queryKey: [what, about] }) => {
      if (what === "session" || what === "schema") return what === "schema" && SHAPES.has(kind);
      // Figures tell of many kinds at once.
      if (about === "dashboard" || what === "figures") return true;
      if (about === "reference") return REFERENCE.has(kind);
      // The rows of a record's own card: what they refer to is the page that they stand on.
      if (what === "related") return about === kind;
      return about === kind || also?.has(String(about)) === true || what === "timeline";
    },
  });
}

/** Kinds that say what other kinds hold, and to whom. */
const SHAPES = new Set(["custom-fields", "status-options", "roles"]);

const REFERENCE = new Set(["categories", "services", "suppliers", "status-options", "users", "products"]);

/** Writes a record as the server now has it into everything that holds it. */
export function put(kind: string, row: Row): void {
  // A row of a list is not a whole record: it may add to one, and never pass for one.
  const whole = "updated_at" in row;
  client.setQueryData<Row>(keys.record(kind, row.id), (old) => (old || whole ? { ...old, ...row } : undefined));
  for (const [key] of client.getQueriesData({ queryKey: ["list", kind] })) patchPages(key, row);
}

interface Pages {
  pages: { data: Row[] }[];
}

function patchPages(key: QueryKey, row: Row): void {
  client.setQueryData<Pages | { data: Row[] }>(key, (old) => {
    const patch = <T extends { data: Row[] }>(page: T): T =>
      page.data.some((r) => r.id === row.id)
        ? { ...page, data: page.data.map((r) => (r.id === row.id ? merge(r, row) : r)) }
        : page;
    if (!old) return old;
    return "pages" in old ? { ...old, pages: old.pages.map(patch) } : patch(old);
  });
}

/** Only fields that the list asked for, so that a sparse row stays sparse. */
function merge(shown: Row, row: Row): Row {
  const merged: Row = { ...shown };
  for (const field of Object.keys(shown)) {
    if (field in row && (shown[field] === null || typeof shown[field] !== "object")) merged[field] = row[field];
  }
  // The tenant's own fields stand together under one member, and a change names only some of them.
  if (shown.custom && row.custom) merged.custom = { ...shown.custom, ...row.custom };
  merged.version = row.version ?? shown.version;
  return merged;
}
