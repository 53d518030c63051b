/** What a record's page reads, and from where. */
import { call, type Page, type Row } from "../../kernel/api";
import { PEOPLE } from "../../kernel/people";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { type Kind, may, type Schema } from "../../kernel/schema";
import { figuresPart } from "./figures";
import { recordPart, relatedOf, relatedPart } from "../../kernel/record";

/** A line of a record's history. */
export interface Entry {
  at: string;
  user_id: string | null;
  user_name: string | null;
  action: string;
  version: number;
  import_id: string | null;
  changes: Record<string, [unknown, unknown]> | null;
}

const AT_ONCE = 25;

export const historyPart = (kind: string, id: string): Part<Page<Entry>> => ({
  key: keys.timeline(kind, id),
  name: "history",
  path: `${kind}/${id}/history?limit=${AT_ONCE}`,
});

export const readEarlier = async (kind: string, id: string, cursor: string): Promise<Page<Entry>> =>
  (await call<Page<Entry>>("GET", `${kind}/${id}/history?limit=${AT_ONCE}&cursor=${encodeURIComponent(cursor)}`)).data;

/** Tasks, notes and files about a record. */
export function aboutPart(of: "notes" | "tasks" | "attachments", kind: string, id: string): Part<Page> {
  const sort = of === "tasks" ? "&sort=due_at" : "";
  const query = `about_kind=${kind}&about_id=${id}&limit=${AT_ONCE}${sort}`;
  return { key: keys.related(of, query), name: of, path: `${of}?${query}` };
}

export function partsOf(schema: Schema, kind: Kind, id: string): Part[] {
  const readable = (name: string) => may(schema.kinds.find((k) => k.name === name), "read");
  const about = (["notes", "tasks", "attachments"] as const).filter((of) => kind.about_it?.includes(of) && readable(of));
  return [
    recordPart(schema, kind, id),
    historyPart(kind.name, id),
    ...about.map((of) => aboutPart(of, kind.name, id)),
    ...relatedOf(schema, kind).map((related) => relatedPart(related, id)),
    ...(kind.name === "companies" ? [figuresPart(id)] : []),
    ...(readable("users") ? [PEOPLE] : []),
  ] as Part[];
}

const opened = new Map<string, number>();
const ANEW_MS = 5 * 60_000;

/** Remembers that this record was opened; a return after a moment is no new visit. */
export function noteVisit(kind: string, id: string): void {
  const last = opened.get(kind + id) ?? 0;
  if (Date.now() - last < ANEW_MS) return;
  opened.set(kind + id, Date.now());
  // What was seen lately is a convenience: without it nothing is missing here.
  call("POST", "recents", { body: { kind, id } }).catch(() => {});
}

export const readDuplicates = async (kind: string, id: string): Promise<Row[]> =>
  (await call<Page>("GET", `${kind}/${id}/duplicates`)).data.data;

export const mergeInto = async (kind: string, id: string, from: string, changes: Record<string, unknown>): Promise<Row> =>
  (await call<Row>("POST", `${kind}/${id}/merge`, { body: { from: [from], changes } })).data;
