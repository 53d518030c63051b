/** One list as a screen needs it: what is asked for, or what is chosen here from what is loaded. */
import { useMemo, useRef } from "preact/hooks";
import type { Page, Row } from "../../kernel/api";
import { sortOf } from "../../kernel/kinds";
import { client, keys } from "../../kernel/query";
import type { Kind, Schema } from "../../kernel/schema";
import type { Place } from "./address";
import { type Mode, SIZE } from "./chain";
import { type Column, fieldsFor } from "./columns";
import { NO_FILTER, parametersOf } from "./filters";
import { choose } from "./local";
import { type Rows, useRows } from "./rows";

/** The order that rows come in; null where best matches come first. */
export const orderOf = (kind: Kind, place: Place): string | null => place.sort ?? (place.q ? null : sortOf(kind));

/** The request for a list. Equal lists have equal requests, so that they are kept once. */
export function queryFor(kind: Kind, schema: Schema, place: Place, columns: Column[]): string {
  const query = new URLSearchParams(parametersOf(place.filter));
  const order = orderOf(kind, place);
  if (place.q) query.set("q", place.q);
  if (order) query.set("sort", order);
  query.set("fields", fieldsFor(kind, columns, schema));
  query.set("limit", String(SIZE));
  if (!kind.large) query.set("page", String(place.page));
  query.set("count", "true");
  return query.toString();
}

const modeOf = (kind: Kind, place: Place): Mode => (!kind.large ? "paged" : orderOf(kind, place) ? "cursor" : "ranked");

const whole = (page: Page | undefined): boolean => page !== undefined && !page.page.has_more && page.page.prev_cursor === null && page.data.length < SIZE;

export interface Listing extends Rows {
  /** The query whose rows these are. */
  query: string;
  /** They were chosen here, without asking. */
  local: boolean;
}

export function useList(kind: Kind, schema: Schema, place: Place, columns: Column[]): Listing {
  const everything: Place = { ...place, filter: NO_FILTER, q: "", sort: null, page: 1 };
  const base = queryFor(kind, schema, everything, columns);
  const asked = queryFor(kind, schema, place, columns);
  const held = client.getQueryData<Page>(keys.list(kind.name, base));
  const chosen = useMemo(() => {
    if (asked === base || !whole(held)) return null;
    const searched = kind.fields.filter((f) => f.searched);
    return choose((held as Page).data, { filter: place.filter, q: place.q, sort: place.sort }, columns, searched);
  }, [held, asked, base]);
  const query = chosen ? base : asked;
  const read = useRows(kind.name, query, chosen ? modeOf(kind, everything) : modeOf(kind, place));
  const rows: Listing = chosen ? { ...local(read, chosen), query: asked, local: true } : { ...read, query, local: false };
  // The last rows stay until the next ones are there.
  const last = useRef<Listing | null>(null);
  const bare = rows.waiting && rows.length === 0 && !rows.problem;
  if (!bare) last.current = rows;
  return bare && last.current ? { ...last.current, waiting: true, see: () => {} } : rows;
}

function local(read: Rows, chosen: Row[]): Rows {
  return {
    ...read,
    length: chosen.length,
    total: chosen.length,
    ended: true,
    at: (index) => chosen[index],
    around: () => ({ rows: chosen, from: 0 }),
    see: () => {},
  };
}
