/** What the page asks: all of it in one request, every 15 s while somebody looks. */
import { useQuery } from "@tanstack/preact-query";
import { call, Problem } from "../../kernel/api";
import type { components } from "../../kernel/wire";

type Schemas = components["schemas"];
export type Performance = Schemas["Performance"];
export type CacheFigures = Schemas["CacheFigures"];
export type Alert = Schemas["Alert"];
export type SlowQuery = Schemas["SlowQuery"];

export interface Health {
  performance: Performance;
  cache: CacheFigures;
  alerts: Schemas["Alerts"];
  slow: Schemas["SlowQueries"];
}

const EVERY_MS = 15_000;
const ASKED = ["performance", "cache", "alerts", "slow-queries"];

interface Part {
  status: number;
  body: unknown;
}

async function load(signal: AbortSignal): Promise<Health> {
  const body = { requests: ASKED.map((what) => ({ method: "GET", path: `admin/${what}` })) };
  const { data } = await call<{ responses: Part[] }>("POST", "batch", { body, signal, cause: "timer" });
  const refused = data.responses.find((part) => part.status !== 200);
  if (refused) {
    const said = refused.body as { code?: string; detail?: string; request_id?: string };
    throw new Problem(refused.status, said.code ?? "", said.detail ?? "", said.request_id ?? null);
  }
  const [performance, cache, alerts, slow] = data.responses.map((part) => part.body);
  return { performance, cache, alerts, slow } as Health;
}

export const useHealth = () =>
  useQuery<Health, Problem>({
    queryKey: ["health", "owner"],
    queryFn: ({ signal }) => load(signal),
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
  });
