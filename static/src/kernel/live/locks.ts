/**
 * Edit locks (R28 to R34): what this tab holds, what others hold, and letting go in time. Without a
 * lock, when the server cannot be reached for example, a save still stands or falls by its version.
 */
import { signal } from "@preact/signals";
import { BASE, type Cause, call, Problem } from "../api";
import type { LockWord } from "./socket";

/** A record that somebody edits. */
export interface Lock {
  mine: boolean;
  /** Null where this person may not know who. */
  name: string | null;
  /** When it ends, by this machine's clock. */
  until: number;
}

interface Held {
  /** 0 while the server could not say: it is asked again, and meanwhile the version must do. */
  token: number;
  /** Editors that need it: the form, or open fields. */
  users: number;
  timer: ReturnType<typeof setInterval> | undefined;
}

const EXTEND_MS = 60_000;
/** A lock that the server could not give is asked for again so often. */
const RETRY_MS = 10_000;

const nameOf = (kind: string, id: string): string => `${kind}/${id}`;

/** By record; those that nobody edits are not in it. */
export const locks = signal<Record<string, Lock>>({});
/** Records that this tab edited until somebody took them over. */
export const lost = signal<ReadonlySet<string>>(new Set());

const held = new Map<string, Held>();
const taking = new Map<string, Promise<boolean>>();
const ends = new Map<string, ReturnType<typeof setTimeout>>();

export const lockOf = (kind: string, id: string): Lock | undefined => locks.value[nameOf(kind, id)];
export const isLost = (kind: string, id: string): boolean => lost.value.has(nameOf(kind, id));

/** Somebody else edits it: nothing can be changed here. */
export const isTheirs = (kind: string, id: string): boolean => lockOf(kind, id)?.mine === false;

/** What a save says it was made under. A lost lock is named too: that is how a late save is found out. */
export const tokenOf = (kind: string, id: string): number | undefined => held.get(nameOf(kind, id))?.token || undefined;

/** What the server says of a record's lock. */
export function heardLock(kind: string, id: string, word: LockWord | null): void {
  const name = nameOf(kind, id);
  clearTimeout(ends.get(name));
  ends.delete(name);
  const mine = held.get(name);
  // My own, taken in another window: this one holds nothing any more.
  const elsewhere = word?.mine === true && mine !== undefined && word.token !== null && word.token > mine.token;
  if (mine && word && (!word.mine || elsewhere)) lose(name);
  const { [name]: _, ...rest } = locks.value;
  if (!word) {
    locks.value = rest;
    return;
  }
  const until = Date.now() + word.seconds_left * 1000;
  locks.value = { ...rest, [name]: { mine: word.mine, name: word.holder?.name ?? null, until } };
  // It ends by itself: nobody sends word of that.
  if (!word.mine) ends.set(name, setTimeout(() => heardLock(kind, id, null), word.seconds_left * 1000 + 250));
}

/**
 * Holds a record for one more editor; `again` for one that is counted already and lost it. False when
 * somebody else holds it, and then it is not counted.
 */
export async function takeLock(kind: string, id: string, again = false): Promise<boolean> {
  const name = nameOf(kind, id);
  const known = held.get(name);
  if (known?.token && !lost.value.has(name)) {
    if (!again) known.users += 1;
    return true;
  }
  const under = taking.get(name);
  if (under) return (await under) && takeLock(kind, id, again);
  return asked(kind, id, again);
}

/** One question at a time. */
function asked(kind: string, id: string, again: boolean, cause?: Cause): Promise<boolean> {
  const name = nameOf(kind, id);
  const answer = ask(kind, id, again, cause);
  taking.set(name, answer);
  return answer.finally(() => taking.delete(name));
}

async function ask(kind: string, id: string, again: boolean, cause?: Cause): Promise<boolean> {
  const name = nameOf(kind, id);
  try {
    const { data } = await call<LockWord>("POST", `${kind}/${id}/lock`, { cause });
    // Its editor has left before the answer came.
    if (again && !held.has(name)) release(`${kind}/${id}`, data.token ?? 0);
    else {
      count(kind, id, again, data.token ?? 0);
      found(name);
      heardLock(kind, id, data);
    }
    return true;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 423) {
      heardLock(kind, id, wordOf(problem));
      return false;
    }
    // Nobody knows who edits; the version will tell, unless the server can say later.
    const final = problem instanceof Problem && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
    if (!again || held.has(name)) count(kind, id, again, held.get(name)?.token ?? 0, final);
    return true;
  }
}

/** One editor more, unless they are counted already, and what is done for them from time to time. */
function count(kind: string, id: string, again: boolean, token: number, final = false): void {
  const name = nameOf(kind, id);
  const before = held.get(name);
  clearInterval(before?.timer);
  const timer = final ? undefined : setInterval(() => void extend(kind, id), token ? EXTEND_MS : RETRY_MS);
  held.set(name, { token, users: (before?.users ?? 0) + (again ? 0 : 1), timer });
}

const wordOf = (problem: Problem): LockWord => ({
  token: null,
  mine: false,
  holder: (problem.more.holder as LockWord["holder"]) ?? null,
  expires_at: String(problem.more.expires_at ?? ""),
  seconds_left: Number(problem.more.seconds_left ?? 60),
});

async function extend(kind: string, id: string): Promise<void> {
  const name = nameOf(kind, id);
  const mine = held.get(name);
  if (!mine || lost.value.has(name)) return;
  if (!mine.token) {
    if (navigator.onLine && !taking.has(name)) await asked(kind, id, true, "timer");
    return;
  }
  try {
    const { data } = await call<LockWord>("PATCH", `${kind}/${id}/lock`, { body: { token: mine.token }, cause: "timer" });
    heardLock(kind, id, data);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 423) lose(name);
  }
}

/** One editor less; the last lets go. */
export function dropLock(kind: string, id: string): void {
  const name = nameOf(kind, id);
  const mine = held.get(name);
  if (!mine) return;
  mine.users -= 1;
  if (mine.users > 0) return;
  clearInterval(mine.timer);
  held.delete(name);
  found(name);
  if (locks.value[name]?.mine) heardLock(kind, id, null);
  release(`${kind}/${id}`, mine.token);
}

/** Also while the page closes, when nobody waits for an answer. */
function release(path: string, token: number): void {
  if (!token || navigator.onLine === false) return;
  fetch(`${BASE}/${path}/lock?token=${token}`, { method: "DELETE", keepalive: true, credentials: "same-origin" }).catch(() => {});
}

function lose(name: string): void {
  lost.value = new Set([...lost.value, name]);
}

function found(name: string): void {
  lost.value = new Set([...lost.value].filter((other) => other !== name));
}

if (typeof addEventListener === "function") {
  addEventListener("pagehide", () => held.forEach(({ token }, name) => release(name, token)));
  // Back from the browser's memory: what was open is taken again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) held.forEach((_, name) => lose(name));
  });
}
