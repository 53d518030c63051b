/**
 * The board of page loads (P26): what each visit to a screen asked of the server, and what it found
 * in the cache. A read is a hit when it needed no request, however many components shared it.
 */
import type { QueryCacheNotifyEvent } from "@tanstack/preact-query";
import { signal } from "@preact/signals";
import { type Call, calls } from "./api";
import { client } from "./query";

export interface Visit {
  place: string;
  at: number;
  /** Reads that were answered by the cache, fresh or shown while they were read again. */
  hits: number;
  misses: number;
}

/** What a visit cost. */
export interface Cost {
  calls: number;
  /** From the opening of the screen until its last answer was there. */
  ms: number;
  bytes: number;
  /** 0 to 1; null when nothing was read. */
  cached: number | null;
}

/** Of one kept query. */
export interface Reads {
  hits: number;
  misses: number;
  /** When it was last fetched, and how long that took. */
  fetchedAt?: number;
  ms?: number;
}

const KEPT = 100;
export const visits = signal<Visit[]>([]);
/** By the query's hash. Not a signal: it changes in the middle of a rendering. */
export const reads = new Map<string, Reads>();

/** A screen was opened. The same place again is no new visit. */
export function visit(place: string): void {
  if (visits.peek().at(-1)?.place === place) return;
  visits.value = [...visits.peek().slice(1 - KEPT), { place, at: Date.now(), hits: 0, misses: 0 }];
}

const began = new Map<string, number>();
/** Who reads. One that is switched off asks for nothing until it is switched on. */
const counted = new WeakSet<object>();

/** Counts from now on; returns how to stop. */
export function watchReads(): () => void {
  return client.getQueryCache().subscribe(count);
}

function count(event: QueryCacheNotifyEvent): void {
  const { queryHash: hash, state, queryKey } = event.query;
  if (queryKey[0] === "session") return;
  if (event.type === "removed") {
    reads.delete(hash);
    return;
  }
  const own = reads.get(hash) ?? { hits: 0, misses: 0 };
  if (event.type === "observerAdded" || event.type === "observerOptionsUpdated") {
    if (event.observer.options.enabled === false || counted.has(event.observer)) return;
    counted.add(event.observer);
    const at = visits.peek().at(-1);
    const hit = state.data !== undefined;
    if (hit) own.hits += 1;
    else own.misses += 1;
    if (at && hit) at.hits += 1;
    else if (at) at.misses += 1;
    reads.set(hash, own);
  } else if (event.type === "updated" && event.action.type === "fetch") {
    began.set(hash, performance.now());
  } else if (event.type === "updated" && event.action.type === "success" && !event.action.manual) {
    const start = began.get(hash);
    began.delete(hash);
    reads.set(hash, { ...own, fetchedAt: Date.now(), ms: start === undefined ? undefined : performance.now() - start });
  }
}

/** What was asked for a visit: until the next one began, writes and timed readings not counted. */
export function costOf(at: Visit, next: Visit | undefined, made: Call[] = calls.value): Cost {
  const own = made.filter((call) => {
    const sent = call.at - call.ms;
    return (call.cause === "visit" || call.cause === "sign-in") && sent >= at.at - 50 && (!next || sent < next.at - 50);
  });
  const first = Math.min(...own.map((call) => call.at - call.ms));
  const read = at.hits + at.misses;
  return {
    calls: own.length,
    // Later requests of the same visit (a tab that was opened) are not part of its loading.
    ms: own.length ? Math.max(...own.filter((call) => call.at - call.ms < first + 1000).map((call) => call.at)) - Math.min(at.at, first) : 0,
    bytes: own.reduce((sum, call) => sum + call.bytes, 0),
    cached: read ? at.hits / read : null,
  };
}
