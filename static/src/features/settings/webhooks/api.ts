/** Webhooks: read, set up, changed, tested, and their log. */
import { useInfiniteQuery, useQuery } from "@tanstack/preact-query";
import { call, Problem } from "../../../kernel/api";
import { client } from "../../../kernel/query";
import type { components } from "../../../kernel/wire";

type Schemas = components["schemas"];
export type Webhook = Schemas["Webhook"];
export type Webhooks = Schemas["WebhookList"];
export type Message = Schemas["WebhookMessage"];
export type Secret = Schemas["WebhookSecret"];
type Log = Schemas["WebhookLog"];

export interface Wish {
  name?: string;
  sort?: Webhook["sort"];
  url?: string;
  events?: string[];
  enabled?: boolean;
}

const KEY = ["webhooks", "webhooks"] as const;
/** While something is on its way, its state may change at any moment. */
const SOON_MS = 2_000;
const LATER_MS = 30_000;

export const useWebhooks = () =>
  useQuery<Webhooks, Problem>({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await call<Webhooks>("GET", "webhooks", { signal })).data,
    staleTime: SOON_MS,
    refetchInterval: LATER_MS,
    refetchIntervalInBackground: false,
  });

const isOpen = ({ state }: Message): boolean => state === "waiting";

export const useLog = (id: string) =>
  useInfiniteQuery<Log, Problem, { pages: Log[] }, readonly string[], string | null>({
    queryKey: [...KEY, id],
    queryFn: async ({ signal, pageParam }) => {
      const before = pageParam ? `&before=${pageParam}` : "";
      return (await call<Log>("GET", `webhooks/${id}/deliveries?limit=25${before}`, { signal })).data;
    },
    initialPageParam: null,
    getNextPageParam: (last) => (last.has_more ? (last.data.at(-1)?.id ?? null) : null),
    staleTime: SOON_MS,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.data.some(isOpen) ? SOON_MS : LATER_MS),
    refetchIntervalInBackground: false,
  });

export const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY });

export const create = async (wish: Wish): Promise<Webhook & { secret: string | null }> =>
  (await call<Webhook & { secret: string | null }>("POST", "webhooks", { body: wish }).finally(again)).data;
export const change = (id: string, wish: Wish): Promise<unknown> => call("PATCH", `webhooks/${id}`, { body: wish }).finally(again);
/** The log of what is gone is not asked for again. */
export const remove = (id: string): Promise<unknown> =>
  call("DELETE", `webhooks/${id}`).finally(() => client.invalidateQueries({ queryKey: KEY, exact: true }));
export const resend = (id: string, message: string): Promise<unknown> => call("POST", `webhooks/${id}/deliveries/${message}/resend`).finally(again);
export const secret = async (id: string): Promise<Secret> => (await call<Secret>("GET", `webhooks/${id}/secret`)).data;

/** How long the receiver has to answer, and a little more. */
const PATIENCE_MS = 14_000;
const LOOK_MS = 400;

/** Sends a test and waits for what comes of it; `null` where nothing has come of it yet. */
export async function test(id: string): Promise<Message | null> {
  const { data: sent } = await call<Message>("POST", `webhooks/${id}/test`);
  try {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      await new Promise((later) => setTimeout(later, LOOK_MS));
      const { data: log } = await call<Log>("GET", `webhooks/${id}/deliveries?limit=5`, { cause: "timer" });
      const found = log.data.find((message) => message.id === sent.id);
      if (found && found.state !== "waiting") return found;
    }
    return null;
  } finally {
    void again();
  }
}
