/** What the calendar reads: work orders and tasks of some days. */
import { useQuery } from "@tanstack/preact-query";
import { get, type Page, type Problem } from "../../kernel/api";
import { byId, within } from "../../kernel/orders";
import { type Part, usePart } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { at } from "../../kernel/zone";

const PAGE = 200;
/** More than this in one view helps nobody. */
export const MOST = 1000;

export function ordersPart(from: string, to: string): Part<Page> {
  const query = new URLSearchParams({ filter: within(from, to), sort: "scheduled_at", include: "site,assigned_to", limit: String(PAGE) });
  return { key: keys.list("work-orders", `calendar ${from} ${to}`), name: "work_orders", path: `work-orders?${query}`, take: byId };
}

export function tasksPart(from: string, to: string): Part<Page> {
  const query = new URLSearchParams({ "due_at[gte]": at(from), "due_at[lt]": at(to), sort: "due_at", limit: String(PAGE) });
  return { key: keys.list("tasks", `calendar ${from} ${to}`), name: "tasks", path: `tasks?${query}` };
}

export const usersPart: Part<Page> = {
  key: keys.reference("users"),
  name: "users",
  path: "users?fields=id,name,role&active=true&sort=name&limit=200",
};

/** A part with all its rows: a busy month has more than come with the page. */
export function useWhole(part: Part<Page>, enabled: boolean) {
  const first = usePart(part, enabled);
  const more = enabled && first.data?.page.has_more === true;
  const whole = useQuery<Page, Problem>({
    queryKey: [...part.key, "whole"],
    queryFn: async ({ signal }) => {
      let answer: Page | undefined;
      const rows: Page["data"] = [];
      do {
        const cursor: string = answer?.page.next_cursor ? `&cursor=${encodeURIComponent(answer.page.next_cursor)}` : "";
        const page: Page = await get<Page>(part.path + cursor, signal);
        answer = part.take ? part.take(page as never) : page;
        rows.push(...answer.data);
      } while (answer.page.has_more && rows.length < MOST);
      return { data: rows, page: answer.page };
    },
    enabled: more,
  });
  const shown = (more && whole.data) || first.data;
  return { rows: shown?.data ?? [], capped: shown?.page.has_more === true && !whole.isFetching, error: first.error, known: !enabled || first.data !== undefined, refetch: first.refetch };
}
