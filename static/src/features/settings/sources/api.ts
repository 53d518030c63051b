/** The accounts at mail services, which only an owner connects. */
import { useQuery } from "@tanstack/preact-query";
import { call, get, type Problem } from "../../../kernel/api";
import { client } from "../../../kernel/query";
import type { components } from "../../../kernel/wire";

type Schemas = components["schemas"];
export type Source = Schemas["PortalSource"];
export type Binding = Schemas["PortalSources"]["workspaces"][number];
export type Tested = Schemas["PortalSourceTest"];

/** What an owner says of a source; what is absent stays as it is. */
export interface Wish {
  name?: string;
  base_url?: string;
  token?: string;
  enabled?: boolean;
}

const KEY = ["portal", "workspaces", "sources"] as const;
const MAKING_MS = 1_500;
const RESTING_MS = 30_000;

/** `making`: tokens are being made, so that the numbers move. */
export const useSources = (making: boolean) =>
  useQuery<Schemas["PortalSources"], Problem>({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Schemas["PortalSources"]>("portal/sources", signal, client.getQueryData(KEY) ? "timer" : "visit"),
    staleTime: 0,
    refetchInterval: making ? MAKING_MS : RESTING_MS,
    refetchIntervalInBackground: false,
  });

/** All that the portal shows is older than this. */
const again = () => client.invalidateQueries({ queryKey: ["portal"] });

async function write<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { data } = await call<T>(method, `portal/${path}`, { body });
  await again();
  return data;
}

export const connect = (wish: Wish) => write<Source>("POST", "sources", wish);
export const change = (id: string, wish: Wish) => write<Source>("PATCH", `sources/${id}`, wish);
export const remove = (id: string) => write<void>("DELETE", `sources/${id}`);
export const test = async (id: string): Promise<Tested> => (await call<Tested>("POST", `portal/sources/${id}/test`, { body: {} })).data;
export const makeTokens = (id: string) => write<Schemas["PortalTokens"]>("POST", `sources/${id}/tokens`, {});
export const giveToken = (workspace: string, token: string) => write<void>("PUT", `workspaces/${workspace}/token`, token ? { token } : {});
