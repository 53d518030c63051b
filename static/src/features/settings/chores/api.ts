/** The queue of chores: read, asked for, stopped, tried again. */
import { useQuery } from "@tanstack/preact-query";
import { call, Problem } from "../../../kernel/api";
import { client } from "../../../kernel/query";
import type { components } from "../../../kernel/wire";

type Schemas = components["schemas"];
export type Chore = Schemas["Chore"];
export type Schedule = Schemas["Schedule"];
export type Chores = Schemas["ChoreList"];

const KEY = ["chores", "chores"] as const;
/** While something is under way, what waits may begin at any moment. */
const SOON_MS = 4_000;
const LATER_MS = 60_000;

const OPEN: Chore["state"][] = ["waiting", "running", "failed"];
export const isOpen = (chore: Chore): boolean => OPEN.includes(chore.state);

export const useChores = () =>
  useQuery<Chores, Problem>({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await call<Chores>("GET", "chores", { signal })).data,
    staleTime: SOON_MS,
    refetchInterval: ({ state }) => (state.data?.data.some(isOpen) ? SOON_MS : LATER_MS),
    refetchIntervalInBackground: false,
  });

export const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY });

export const cancel = (chore: Chore): Promise<unknown> => call("POST", `chores/${chore.id}/cancel`).finally(again);
export const retry = (chore: Chore): Promise<unknown> => call("POST", `chores/${chore.id}/retry`).finally(again);
export const ask = (kind: string): Promise<unknown> => call("POST", "chores", { body: { kind } }).finally(again);
