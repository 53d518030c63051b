/**
 * One page, one load (P10 to P25). A screen declares its parts; one request brings those that are
 * missing or stale, and every component reads its part from the query client. A component that asks
 * while that request is under way waits for it instead of asking by itself.
 */
import { type QueryKey, useQuery, hashKey } from "@tanstack/preact-query";
import { signal } from "@preact/signals";
import { BASE, type Cause, get, Problem } from "./api";
import { client } from "./query";
import { freshness } from "./stale";

/** Something that a screen shows: where it is kept, and how it is read alone or as part of a page. */
export interface Part<T = unknown> {
  key: QueryKey;
  /** Its name in `GET pages/{page}`; without one it is read by itself. */
  name?: string;
  /** Its own path below the API's base. */
  path: string;
  /** What is kept of the answer. */
  take?: (answer: never) => T;
}

interface PageAnswer {
  parts: Record<string, { data?: unknown; status?: number; problem?: { code: string; detail?: string } }>;
}

const UNBATCHED = "larder.unbatched";

/** Pages whose batching was switched off by hand (P32); kept in this browser. */
export const unbatched = signal<ReadonlySet<string>>(keptUnbatched());

function keptUnbatched(): Set<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(UNBATCHED) ?? "[]") as string[]);
  } catch {
    return new Set();
  }
}

export function setBatched(page: string, on: boolean): void {
  const pages = new Set(unbatched.value);
  if (on) pages.delete(page);
  else pages.add(page);
  unbatched.value = pages;
  try {
    localStorage.setItem(UNBATCHED, JSON.stringify([...pages]));
  } catch {
    // It holds until the page is loaded again.
  }
}

/** Parts that every screen shows beside its own: they come with whatever page asks for something. */
const always: Part[] = [];
/** A page was asked for, so what stands beside every screen came with it or is a matter of its own. */
export const asked = signal(false);

export function alongside(part: Part): void {
  always.push(part);
}

const promised = new Map<string, Promise<unknown>>();

/** Opens a page: what is missing of its parts is asked for, in one request. */
export function openPage(page: string, parameters: Record<string, string>, parts: Part[]): void {
  if (unbatched.value.has(page)) return;
  const wanted = (part: Part) => part.name && isMissing(part.key) && !promised.has(hashKey(part.key));
  const own = parts.filter(wanted);
  // One part alone is read from its own address: the same cost, and its own validator.
  if (own.length < 2) return;
  const missing = [...own, ...always.filter((part) => wanted(part) && !own.includes(part))];
  const query = new URLSearchParams({ ...parameters, parts: [...new Set(missing.map((part) => part.name))].join(",") });
  const loading = get<PageAnswer>(`pages/${page}?${query}`);
  for (const part of missing) {
    const hash = hashKey(part.key);
    const own = loading
      .then(
        (answer) => taken(answer, part),
        // Without the page each part still has its own address.
        () => get<unknown>(part.path).then((answer) => (part.take ? part.take(answer as never) : answer)),
      )
      .finally(() => {
        promised.delete(hash);
      });
    own.catch(() => {});
    promised.set(hash, own);
    void client.prefetchQuery({ queryKey: part.key, queryFn: () => own, retry: false });
  }
  asked.value = true;
}

function isMissing(key: QueryKey): boolean {
  const state = client.getQueryState(key);
  if (!state || state.data === undefined || state.isInvalidated) return true;
  return Date.now() - state.dataUpdatedAt > freshness(String(key[1])).stale;
}

function taken(answer: PageAnswer, part: Part): unknown {
  const found = answer.parts[part.name as string];
  if (!found || found.data === undefined) {
    throw new Problem(found?.status ?? 404, found?.problem?.code ?? "", found?.problem?.detail ?? "You may not see this.");
  }
  return part.take ? part.take(found.data as never) : found.data;
}

/** Reads a part: from the page's load when one is under way, else from its own address. */
export async function readPart<T>(part: Part<T>, signal?: AbortSignal, cause?: Cause): Promise<T> {
  const under = promised.get(hashKey(part.key));
  if (under) return (await under) as T;
  const answer = await get<unknown>(part.path, signal, cause);
  return part.take ? part.take(answer as never) : (answer as T);
}

/**
 * A part on screen: shown at once when it is kept, read again in the background when it is old, and
 * after `every` milliseconds where a screen wants it sooner than its kind does.
 */
export function usePart<T>(part: Part<T>, enabled = true, every?: number) {
  const refetch = every ?? freshness(String(part.key[1])).refetch;
  return useQuery<T, Problem>({
    queryKey: part.key,
    queryFn: ({ signal }) => {
      const again = client.getQueryState(part.key)?.data !== undefined;
      return readPart(part, signal, again ? "timer" : "visit");
    },
    enabled,
    refetchInterval: refetch ?? false,
    refetchIntervalInBackground: false,
  });
}

/** Reads parts ahead, when a pointer rests on what leads to them (P24). */
export function prefetch(parts: Part[]): void {
  for (const part of parts) {
    if (isMissing(part.key)) void client.prefetchQuery({ queryKey: part.key, queryFn: () => readPart(part) });
  }
}

export const pathOf = (path: string): string => `${BASE}/${path}`;
