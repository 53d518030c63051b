/**
 * Writes: shown at once, undone on request, rolled back when refused. A record that somebody else
 * changed meanwhile opens the conflict dialog; nothing that was typed is lost.
 */
import { signal } from "@preact/signals";
import { call, Problem, type Row } from "./api";
import { applied, type Changes, only, pathsOf, same, valueAt } from "./changes";
import { newKey } from "./ids";
import { tokenOf } from "./live/locks";
import { changed, client, keys, put } from "./query";
import { kindOf } from "./schema";
import { toast } from "./toasts";
import { words } from "../words";

export { type Changes, same } from "./changes";

/** Two people changed one record: what each wants, waiting for a decision. */
export interface Conflict {
  kind: string;
  /** As this person knew it. */
  before: Row;
  /** What this person typed. */
  mine: Changes;
  /** As it stands on the server. */
  theirs: Row;
  settle: (choice: Changes | null) => void;
}

export const conflict = signal<Conflict | null>(null);

const tag = (row: Row): string => `"${row.version}"`;

const one = (kind: string): string => kindOf(kind)?.one ?? "record";

/**
 * Changes fields of a record. Resolves with the record as saved, or null when the person gave up
 * in the conflict dialog. Rejects with a {@link Problem} when a field is refused.
 */
export async function update(kind: string, before: Row, changes: Changes, quiet = false): Promise<Row | null> {
  const shown = client.getQueryData<Row>(keys.record(kind, before.id));
  put(kind, applied(before, changes));
  try {
    const saved = await send(kind, before, changes);
    if (!quiet) toast(words.saved(one(kind)), { undo: () => void undo(kind, before, saved, changes) });
    return saved;
  } catch (problem) {
    put(kind, shown ?? before);
    if (problem instanceof Problem && problem.status === 412 && problem.current) {
      return decide(kind, before, changes, problem.current);
    }
    // A field shows why it was refused, and the sign-in page speaks for itself.
    if (problem instanceof Problem && problem.status !== 422 && problem.status !== 401) toast(problem.message, { tone: "danger" });
    throw problem;
  }
}

async function send(kind: string, at: Row, changes: Changes): Promise<Row> {
  const { data } = await call<Row>("PATCH", `${kind}/${at.id}`, { body: changes, ifMatch: tag(at), lock: tokenOf(kind, at.id) });
  put(kind, data);
  changed(kind);
  return data;
}

async function decide(kind: string, before: Row, mine: Changes, theirs: Row): Promise<Row | null> {
  put(kind, theirs);
  changed(kind);
  // Where the other person left my fields alone there is nothing to decide.
  if (clashing(before, mine, theirs).length === 0) return update(kind, theirs, mine);
  const choice = await new Promise<Changes | null>((settle) => {
    conflict.value = { kind, before, mine, theirs, settle };
  });
  conflict.value = null;
  if (!choice) return null;
  return Object.keys(choice).length ? update(kind, theirs, choice) : theirs;
}

/** The fields that both changed, and not to the same. */
export function clashing(before: Row, mine: Changes, theirs: Row): string[] {
  return pathsOf(mine).filter((path) => {
    const now = valueAt(theirs, path);
    return !same(valueAt(before, path), now) && !same(valueAt(mine, path), now);
  });
}

async function undo(kind: string, before: Row, saved: Row, changes: Changes): Promise<void> {
  await update(kind, saved, only(before, pathsOf(changes)), true).catch(() => null);
  toast(words.undone);
}

/** Makes a record. A retry with the same `key` cannot make a second one. */
export async function create(kind: string, body: Changes, key: string = newKey()): Promise<Row> {
  const { data } = await call<Row>("POST", kind, { body, idempotencyKey: key });
  put(kind, data);
  changed(kind);
  return data;
}

/** Deletes a record and offers to bring it back. */
export async function remove(kind: string, row: Row): Promise<void> {
  await call("DELETE", `${kind}/${row.id}`, { ifMatch: tag(row), lock: tokenOf(kind, row.id) });
  client.removeQueries({ queryKey: keys.record(kind, row.id) });
  changed(kind);
  toast(words.deleted(one(kind)), { undo: () => void restore(kind, row.id) });
}

export async function restore(kind: string, id: string): Promise<void> {
  await call("POST", `${kind}/${id}/restore`, {});
  changed(kind);
  toast(words.restored(one(kind)));
}
