/** One import as it stands now: read again while the server works on it, changed one wish after the other. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import { changed, client } from "../../kernel/query";
import { begin, type Deed, type Import, isUnderWay, set, type Settings, show } from "./api";
import { both, withWish } from "./wish";

const POLL_MS = 400;
const OLD_MS = 10_000;

const keyOf = (id: string) => ["import", "imports", id] as const;
export const LATEST = ["list", "imports", "latest"] as const;

/** Files of this visit, so that they can be sent again as another kind. */
export const sent = new Map<string, File>();

export function keep(found: Import): void {
  client.setQueryData(keyOf(found.id), found);
}

export interface Work {
  found: Import;
  /** The last that a check has said, while a newer one is under way. */
  checked: Import | null;
  problem: Problem | null;
  busy: boolean;
  /** Changes settings; with a check behind it when one was made before. */
  edit: (settings: Settings) => Promise<void>;
  go: (deed: Deed) => Promise<void>;
}

export function useImport(id: string): { work: Work | null; failed: Problem | null; retry: () => void } {
  const query = useQuery<Import, Problem>({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => show(id, signal, client.getQueryData(keyOf(id)) ? "timer" : "visit"),
    staleTime: 30_000,
    refetchInterval: (one) => (one.state.data && isUnderWay(one.state.data.state) ? POLL_MS : false),
    refetchIntervalInBackground: true,
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [wish, setWish] = useState<Settings | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const checked = useRef<Import | null>(null);
  const before = useRef<Import["state"] | null>(null);
  const found = query.data;
  if (found?.report.dry_run) checked.current = found;

  useEffect(() => {
    if (!found) return;
    const ended = before.current && isUnderWay(before.current) && before.current !== "checking" && !isUnderWay(found.state);
    before.current = found.state;
    if (ended) tellOthers(found);
  }, [found?.state]);

  // A draft that was checked before may have been overtaken: other files were brought in since.
  useEffect(() => {
    if (found?.state === "checked" && Date.now() - Date.parse(found.updated_at) > OLD_MS) void go("dry-run");
  }, [found === undefined]);

  const attempt = (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    const done = queue.current.then(deed).then(
      () => setProblem(null),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        setProblem(error);
        void query.refetch();
      },
    );
    const settled = done.finally(() => setBusy(false));
    const last = settled.catch(() => {});
    queue.current = last;
    void last.then(() => queue.current === last && setWish(null));
    return settled;
  };

  const edit = (settings: Settings): Promise<void> => {
    setWish((before) => both(before, settings));
    return attempt(async () => {
      const wasChecked = (await rested(id)).state === "checked";
      keep(await set(id, settings));
      if (wasChecked || checked.current) keep(await begin(id, "dry-run"));
    });
  };

  const go = (deed: Deed): Promise<void> =>
    attempt(async () => {
      if (deed === "dry-run" || deed === "start") await rested(id);
      keep(await begin(id, deed));
    });

  return {
    work: found ? { found: withWish(found, wish), checked: checked.current, problem, busy, edit, go } : null,
    failed: found ? null : query.error,
    retry: () => void query.refetch(),
  };
}

/** Waits until a check that is under way has ended: until then nothing may be changed. */
async function rested(id: string): Promise<Import> {
  let now = client.getQueryData<Import>(keyOf(id)) ?? (await show(id));
  while (now.state === "checking") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS / 2));
    now = await show(id, undefined, "timer");
    keep(now);
  }
  return now;
}

/** Lists on other screens are old now. */
function tellOthers(found: Import): void {
  changed(found.kind);
  for (const kind of Object.keys(found.report.made)) changed(kind);
  if (found.report.fields_made.length > 0) changed("custom-fields");
  void client.invalidateQueries({ queryKey: LATEST });
}
