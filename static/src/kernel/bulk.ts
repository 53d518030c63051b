/** Many records at once: changed, deleted or brought back in one request, and put back on request. */
import { call, get, type Page, Problem } from "./api";
import { type Changes, only, pathsOf } from "./changes";
import { changed } from "./query";
import { kindOf } from "./schema";
import { toast } from "./toasts";
import { words } from "../words";

/** What a bulk request came to, row by row. */
export interface BulkResult {
  results: { id: string; status: number; version?: number; problem?: { detail?: string; errors?: { message: string }[] } }[];
}

type Action = "update" | "delete" | "restore";

/** Ids are named in an address, which has to stay short enough for what stands between. */
const AT_ONCE = 100;

/** Does it to up to 1,000 records, says how many it could not, and offers the way back. */
export async function bulk(kind: string, action: Action, ids: string[], changes?: Changes): Promise<BulkResult> {
  const held = changes ? await heldBefore(kind, ids, changes) : null;
  const data = await send(kind, action, ids, changes);
  const many = kindOf(kind)?.many ?? "records";
  const done = data.results.filter((result) => result.status < 400).map((result) => result.id);
  const back = action === "delete" ? () => void bulk(kind, "restore", done) : held ? () => void putBack(kind, done, held) : undefined;
  if (done.length) toast(words.bulk[action](done.length, many), { undo: action === "restore" ? undefined : back });
  tellRefused(data, many);
  return data;
}

async function send(kind: string, action: Action, ids: string[], changes?: Changes): Promise<BulkResult> {
  const body = changes ? { action, ids, changes } : { action, ids };
  const { data } = await call<BulkResult>("POST", `${kind}/bulk`, { body });
  changed(kind);
  return data;
}

function tellRefused({ results }: BulkResult, many: string): void {
  const refused = results.filter((result) => result.status >= 400);
  const first = refused[0]?.problem;
  const why = first?.errors?.[0]?.message ?? first?.detail;
  if (refused.length) toast(words.bulk.refused(refused.length, many, why), { tone: "danger" });
}

/** What the fields hold now, by id: a list on screen may not show them. Null when nobody can tell. */
async function heldBefore(kind: string, ids: string[], changes: Changes): Promise<Map<string, Changes> | null> {
  const paths = pathsOf(changes);
  const fields = ["id", "version", ...new Set(paths.map((path) => path.split(".")[0]))].join();
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) => ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
  try {
    const pages = await Promise.all(parts.map((part) => get<Page>(`${kind}?id[in]=${part.join()}&limit=${AT_ONCE}&fields=${fields}`)));
    return new Map(pages.flatMap((page) => page.data.map((row) => [row.id, only(row, paths)] as const)));
  } catch (problem) {
    if (problem instanceof Problem) return null;
    throw problem;
  }
}

/** Records that held the same get it back in one request. */
export function alike(ids: string[], held: Map<string, Changes>): { ids: string[]; changes: Changes }[] {
  const groups = new Map<string, { ids: string[]; changes: Changes }>();
  for (const id of ids) {
    const changes = held.get(id);
    if (!changes) continue;
    const key = JSON.stringify(changes);
    const group = groups.get(key) ?? { ids: [], changes };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function putBack(kind: string, ids: string[], held: Map<string, Changes>): Promise<void> {
  try {
    const answers = await Promise.all(alike(ids, held).map((group) => send(kind, "update", group.ids, group.changes)));
    const all = { results: answers.flatMap((answer) => answer.results) };
    if (all.results.some((result) => result.status < 400)) toast(words.undone);
    tellRefused(all, kindOf(kind)?.many ?? "records");
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.message, { tone: "danger" });
  }
}
