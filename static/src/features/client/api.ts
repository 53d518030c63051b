/** What a customer's area reads, and from where. */
import { useInfiniteQuery } from "@tanstack/preact-query";
import { get, type Page, type Problem, type Row } from "../../kernel/api";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { fieldOf, kindOf, may } from "../../kernel/schema";
import { type Changes, create } from "../../kernel/writes";

export const OPEN = "new,assigned,in_progress,on_hold";
const OVER = "completed,invoiced";

const part = (name: string, kind: string, query: string): Part<Page> => ({
  key: keys.list(kind, `client:${name}`),
  name,
  path: `${kind}?${query}`,
});

/** The overview, in one request. */
export const overviewParts = () => ({
  sites: part("sites", "sites", "sort=name&limit=200"),
  equipment: part("equipment", "equipment", "sort=name&limit=50&include=site"),
  orders: part("work_orders", "work-orders", `status[in]=${OPEN}&sort=-created_at&limit=50&include=site`),
  certificates: part("certificates", "certificates", "sort=valid_until&limit=50&include=equipment"),
});

/** How many pieces of equipment there are in each state, for customers with more than one page of them. */
export const statesPart = (): Part<{ count: number; groups: { value: string | null; count: number }[] }> => ({
  key: keys.summary("equipment", "client:status"),
  path: "equipment/summary?group=status",
});

/** One record with what it refers to; only references that this person may see. */
export function recordPart(kind: string, id: string): Part<Row> {
  const known = kindOf(kind);
  const whole = known?.fields.filter((f) => f.expands_as && may(kindOf(f.kind ?? ""), "read")).map((f) => f.expands_as) ?? [];
  return {
    key: [...keys.record(kind, id), "client"],
    path: `${kind}/${id}${whole.length ? `?include=${whole.join()}` : ""}`,
  };
}

/** Lists of the area by name: what they show and in which order. */
export const LISTS = {
  equipment: { kind: "equipment", query: "sort=name&include=site" },
  certificates: { kind: "certificates", query: "sort=-valid_until&include=equipment" },
  open: { kind: "work-orders", query: `status[in]=${OPEN}&sort=-created_at&include=site` },
  over: { kind: "work-orders", query: `status[in]=${OVER}&sort=-completed_at&include=site` },
} as const;

const AT_ONCE = 25;

/** A list that grows by "Show more". */
export function useRows(list: { kind: string; query: string }, filter = "", enabled = true) {
  const query = `${list.query}${filter}&limit=${AT_ONCE}`;
  const found = useInfiniteQuery<Page, Problem, { pages: Page[] }, readonly unknown[], string | null>({
    queryKey: keys.list(list.kind, `client:${query}`),
    queryFn: ({ pageParam, signal }) =>
      get<Page>(`${list.kind}?${query}${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ""}`, signal),
    initialPageParam: null,
    getNextPageParam: (last) => last.page.next_cursor,
    enabled,
  });
  return { ...found, rows: found.data?.pages.flatMap((page) => page.data) };
}

/** Places a request: only fields that a customer may write. */
export function place(body: Changes, key: string): Promise<Row> {
  const kind = kindOf("work-orders");
  const fit = Object.entries(body).filter(([name, value]) => {
    const field = kind && fieldOf(kind, name);
    return field && !field.read_only && value !== null && value !== "";
  });
  return create("work-orders", Object.fromEntries(fit), key);
}
