/** Saved views: lists that somebody set up to come back to. */
import type { Page, Row } from "../../kernel/api";
import { get } from "../../kernel/api";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { getCurrentUser } from "../../kernel/session";
import { create, remove, update } from "../../kernel/writes";
import { keptOf, type Place, placeOf } from "./address";

export interface View extends Row {
  name: string;
  kind: string;
  /** As the list's address has it. */
  query: string | null;
  display: { columns?: string[] } | null;
  shared: boolean;
  position: number;
  created_by: string;
}

export function viewsPart(kind: string): Part<Page<View>> {
  const query = `kind=${kind}&sort=position&limit=200`;
  return { key: keys.list("views", query), name: "views", path: `views?${query}` };
}

export const isOwn = (view: View): boolean => view.created_by === getCurrentUser().id;

/** Where a view leads. */
export function hrefOf(view: View): string {
  const query = new URLSearchParams(view.query ?? "");
  query.set("view", view.id);
  return `/${view.kind}?${query}`;
}

/** Whether the list now shows something else than the view keeps. */
export function strayed(view: View, place: Place): boolean {
  const columns = view.display?.columns?.join() ?? "";
  return keptOf(place) !== keptOf(placeOf(view.query ?? "")) || (place.columns !== null && place.columns.join() !== columns);
}

const kept = (place: Place, columns: string[]) => ({ query: keptOf(place), display: { columns } });

export const saveView = (kind: string, name: string, shared: boolean, place: Place, columns: string[], position: number): Promise<Row> =>
  create("views", { name, kind, shared, position, ...kept(place, columns) });

export const overwrite = (view: View, place: Place, columns: string[]): Promise<Row | null> => update("views", view, kept(place, columns));
export const rename = (view: View, name: string): Promise<Row | null> => update("views", view, { name });
export const share = (view: View, shared: boolean): Promise<Row | null> => update("views", view, { shared });
export const dropView = (view: View): Promise<void> => remove("views", view);

/** How many rows a view has; beyond this it is "1,000+". */
export const COUNTED = 1000;

export function countOf(view: View): { queryKey: readonly unknown[]; queryFn: () => Promise<number> } {
  const query = new URLSearchParams(view.query ?? "");
  for (const name of ["sort", "columns"]) query.delete(name);
  return {
    queryKey: keys.summary(view.kind, query.toString()),
    queryFn: async () => (await get<{ count: number }>(`${view.kind}/summary?${query}`)).count,
  };
}
