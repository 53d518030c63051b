/** Has a dashboard loaded anew, waits until that is done, and says what came of it. */
import { useState } from "preact/hooks";
import { call, Problem } from "../../kernel/api";
import { clock } from "../../kernel/format";
import { client } from "../../kernel/query";
import { toast } from "../../kernel/toasts";
import { portalWords as words } from "../../words/portal";
import { boardKey, readBoard, readPortal, stateKey, stateOf } from "./api";
import type { Board, Name, Portal } from "./shape";

const LOOK_MS = 700;
/** Longer than this nobody waits for a word on it; the figures come all the same. */
const PATIENCE_MS = 180_000;

export function useRefresh(name: Name): { busy: boolean; refresh: () => void } {
  const [busy, setBusy] = useState<Name | null>(null);
  const refresh = async () => {
    setBusy(name);
    try {
      const before = client.getQueryData<Board>(boardKey(name));
      await call("POST", `portal/${name}/refresh`, { body: {} });
      await loaded(name);
      const after = await client.fetchQuery<Board>({ queryKey: boardKey(name), queryFn: () => readBoard(name), staleTime: 0 });
      tell(before, after);
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      toast(refused.message, { tone: "danger" });
    } finally {
      setBusy(null);
    }
  };
  return { busy: busy === name, refresh: () => void refresh() };
}

async function loaded(name: Name): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const portal = await client.fetchQuery<Portal>({ queryKey: stateKey, queryFn: ({ signal }) => readPortal(signal), staleTime: 0 });
    if (!stateOf(portal, name)?.loading || Date.now() > until) return;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** How many workspaces have newer figures than before. */
export function renewed(before: Board | undefined, after: Board): number {
  const old = new Map(before?.rows.map((row) => [row.workspace_id, row.fetched_at]));
  return after.rows.filter((row) => row.fetched_at && row.fetched_at !== old.get(row.workspace_id)).length;
}

function tell(before: Board | undefined, after: Board): void {
  const newer = renewed(before, after);
  const left = after.rows.length - newer;
  if (newer > 0 && left === 0) toast(words.refreshed);
  else if (newer > 0) toast(words.refreshedBut(left), { tone: "info" });
  else toast(after.fetched_at ? words.notRefreshed(clock(after.fetched_at)) : words.notRefreshedNone, { tone: "danger" });
}
