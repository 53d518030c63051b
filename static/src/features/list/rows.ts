/** The rows of a list: read fifty at a time as they come into sight, and dropped again far from it. */
import { useQueries } from "@tanstack/preact-query";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Page, Problem, Row } from "../../kernel/api";
import { type Part, readPart } from "../../kernel/pages";
import { client, keys } from "../../kernel/query";
import { freshness } from "../../kernel/stale";
import { type Chain, chainOf, type Mode, SIZE } from "./chain";

/** Fetches read ahead of what is in sight, and kept on either side of it. */
const AHEAD = 2;
const NEAR = 8;

export interface Rows {
  /** Rows that can be scrolled to. */
  length: number;
  /** No more are to come. */
  ended: boolean;
  total?: number;
  at: (index: number) => Row | undefined;
  /** What is in sight; the rest is read when it comes near. */
  see: (first: number, last: number) => void;
  /** The loaded rows around one, in order, and how many stand before them. */
  around: (index: number) => { rows: Row[]; from: number };
  updatedAt: number;
  problem: Problem | null;
  waiting: boolean;
  refetch: () => void;
}

/** The first fifty, which also come with the page. */
export function firstPart(kind: string, query: string): Part<Page> {
  return { key: keys.list(kind, query), name: "list", path: `${kind}?${query}` };
}

function partAt(kind: string, query: string, chain: Chain, at: number): Part<Page> {
  if (at === 0) return firstPart(kind, query);
  const step = chain.steps[at] as string;
  // Counted once, with the first.
  const path = `${kind}?${query.replace(/&?count=true/, "")}&${step}`;
  return { key: [...keys.list(kind, query), step], path };
}

function queryOf(part: Part<Page>) {
  const { refetch } = freshness(String(part.key[1]));
  return {
    queryKey: part.key,
    queryFn: ({ signal }: { signal: AbortSignal }) => readPart(part, signal, client.getQueryData(part.key) ? "timer" : "visit"),
    refetchInterval: refetch ?? (false as const),
    refetchIntervalInBackground: false,
  };
}

/** Reads a list: in `paged` mode the one page that the query names, else from the top on. */
export function useRows(kind: string, query: string, mode: Mode): Rows {
  const [span, setSpan] = useState({ query, first: 0, last: 0, scrolled: false });
  const [, grown] = useState(0);
  const seen = span.query === query ? span : { query, first: 0, last: 0, scrolled: false };
  const chain = chainOf(kind, query, mode);
  const known = chain.steps.length - 1;
  const wanted = new Set([0]);
  // Who has not scrolled yet may never do so.
  const ahead = seen.scrolled ? AHEAD : 0;
  for (let at = Math.min(seen.first, known); at <= Math.min(seen.last + ahead, known); at++) wanted.add(at);
  const indexes = [...wanted];
  const results = useQueries({ queries: indexes.map((at) => queryOf(partAt(kind, query, chain, at))) });
  results.forEach((result, i) => {
    if (result.data) chain.learn(indexes[i] as number, result.data as Page);
  });
  const further = chain.steps.length - 1;
  useLayoutEffect(() => {
    if (further !== known) grown((n) => n + 1);
  }, [further, known]);
  useEffect(() => drop(kind, query, chain, seen.first, seen.last), [seen.first, seen.last, query]);
  const first = results[0];
  const failed = results.find((result) => result.error);
  useEffect(() => {
    // A place in the list that the server no longer takes: read from the top.
    if (failed && failed !== first && (failed.error as unknown as Problem).status === 422) {
      chain.reset();
      grown((n) => n + 1);
    }
  }, [failed?.error]);
  const pages = new Map<number, Row[] | undefined>();
  const pageAt = (at: number) => {
    if (!pages.has(at)) pages.set(at, client.getQueryData<Page>(keyAt(kind, query, chain, at))?.data);
    return pages.get(at);
  };
  const counted = (first?.data as Page | undefined)?.page.total;
  return {
    length: chain.length,
    ended: chain.ended,
    total: mode !== "paged" && chain.ended ? chain.length : counted,
    at: (index) => pageAt(Math.floor(index / SIZE))?.[index % SIZE],
    see: (from, to) => {
      const next = { query, first: Math.floor(from / SIZE), last: Math.floor(Math.max(0, to - 1) / SIZE), scrolled: from > 0 };
      if (next.first !== seen.first || next.last !== seen.last || next.scrolled !== seen.scrolled) setSpan(next);
    },
    around: (index) => around(pageAt, Math.floor(index / SIZE)),
    updatedAt: Math.min(...results.map((result) => result.dataUpdatedAt || Date.now())),
    problem: (failed?.error as unknown as Problem | undefined) ?? null,
    waiting: results.some((result) => result.isPending),
    refetch: () => results.forEach((result) => void result.refetch()),
  };
}

function keyAt(kind: string, query: string, chain: Chain, at: number) {
  const step = chain.steps[at];
  return step ? [...keys.list(kind, query), step] : keys.list(kind, query);
}

function around(pageAt: (at: number) => Row[] | undefined, middle: number): { rows: Row[]; from: number } {
  let from = middle;
  while (from > 0 && pageAt(from - 1)) from -= 1;
  const rows: Row[] = [];
  for (let at = from; ; at++) {
    const page = pageAt(at);
    if (!page || at - from > 4 * NEAR) return { rows, from: from * SIZE };
    rows.push(...page);
    if (page.length < SIZE) return { rows, from: from * SIZE };
  }
}

/** Keeps memory flat on the way through a hundred thousand rows: only what is near stays. */
function drop(kind: string, query: string, chain: Chain, first: number, last: number): void {
  const near = new Set<unknown>([undefined]);
  for (let at = Math.max(0, first - NEAR); at <= last + NEAR; at++) near.add(chain.steps[at] ?? undefined);
  client.removeQueries({
    queryKey: keys.list(kind, query),
    predicate: (read) => !near.has(read.queryKey[3]) && read.getObserversCount() === 0,
  });
}
