/** What the portal asks: what there is and how far it is loaded, and each dashboard as it is kept. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useRef } from "preact/hooks";
import { get, type Problem } from "../../kernel/api";
import { client } from "../../kernel/query";
import type { Board, Name, Portal, Shape, State } from "./shape";

/** While something is loaded its workspaces appear one by one. */
const LOADING_MS = 1_000;
const RESTING_MS = 15_000;
/** Clocks differ a little: a moment is over so much after it. */
const PAST_MS = 250;

// What is changed of a workspace changes the dashboards: they are kept under its kind.
export const stateKey = ["portal", "workspaces", "state"] as const;
export const boardKey = (name: Name) => ["portal", "workspaces", name] as const;

export const readPortal = (signal?: AbortSignal) => get<Portal>("portal", signal, client.getQueryData(stateKey) ? "timer" : "visit");

/** A list of workspaces is on its way before any of their figures are. */
const isLoading = ({ dashboards, sources }: Portal) =>
  dashboards.some((one) => one.loading) || sources.some((one) => one.state === "new");

/** What the portal has for this person. */
export const usePortal = () =>
  useQuery<Portal, Problem>({
    queryKey: stateKey,
    queryFn: ({ signal }) => readPortal(signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isLoading(state.data) ? LOADING_MS : RESTING_MS),
    refetchIntervalInBackground: false,
  });

export const stateOf = (portal: Portal | undefined, name: Name): State | undefined => portal?.dashboards.find((one) => one.dashboard === name);

/** All of it is there and new. Today's mails may still be missing where the month's are there. */
const isWhole = (board: Board) =>
  board.freshness === "fresh" && !(board.dashboard === "volume" && (board as Shape["volume"]).totals.known_today < board.loaded);

export async function readBoard<N extends Name>(name: N, signal?: AbortSignal): Promise<Shape[N]> {
  const again = client.getQueryData(boardKey(name)) !== undefined;
  const board = await get<Shape[N]>(`portal/${name}`, signal, again ? "timer" : "visit");
  // Asking for what is old or missing has it loaded: how far that is, is worth a look at once.
  const known = stateOf(client.getQueryData<Portal>(stateKey), name);
  if (!isWhole(board) && !known?.loading) void client.invalidateQueries({ queryKey: stateKey });
  return board;
}

/**
 * Read again as soon as it is older than its TTL: that is what has the server load it anew. What went
 * wrong is tried again as soon as the server may, however fresh the rest is.
 */
export function next(board: Board | undefined, portal: Portal | undefined, now = Date.now()): number {
  const left = (at: string | null | undefined) => (at ? Date.parse(at) - now : 0);
  const fresh = left(board?.fresh_until);
  const waits = fresh > 0 ? fresh + PAST_MS : RESTING_MS;
  if (!board?.errors.length) return waits;
  const pauses = portal?.sources.map((one) => left(one.paused_until)).filter((ms) => ms > 0) ?? [];
  return Math.min(waits, RESTING_MS, ...pauses.map((ms) => ms + PAST_MS));
}

/** A dashboard, with whatever came since it was read; `revision` is another number when something did. */
export function useBoard<N extends Name>(name: N, revision: number | undefined, enabled: boolean) {
  const found = useQuery<Shape[N], Problem>({
    queryKey: boardKey(name),
    queryFn: ({ signal }) => readBoard(name, signal),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => next(state.data, client.getQueryData<Portal>(stateKey)),
    refetchIntervalInBackground: false,
  });
  const seen = useRef<{ name: Name; revision: number }>();
  useEffect(() => {
    if (revision === undefined) return;
    const before = seen.current;
    seen.current = { name, revision };
    if (before?.name === name && before.revision !== revision) void client.invalidateQueries({ queryKey: boardKey(name) });
  }, [name, revision]);
  return found;
}
