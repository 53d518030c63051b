/**
 * The one socket of this tab (R22 to R24): open while a record is on screen, and never for lists. What
 * it says of a record goes to whoever watches it; after a break it asks what was missed.
 */
import { BASE, type Row } from "../api";

export interface Person {
  id: string;
  name: string;
  since: string;
  editing: boolean;
}

export interface LockWord {
  token: number | null;
  holder: { id: string; name: string } | null;
  mine: boolean;
  expires_at: string;
  seconds_left: number;
}

export interface Watcher {
  kind: string;
  id: string;
  /** The references that are shown whole. */
  include: string;
  /** The version on screen. */
  version: () => number | undefined;
  changed: (record: Row, by: { id: string; name: string } | null) => void;
  /** It changed, and is too large to be sent: it has to be read. */
  stale: (version: number) => void;
  lock: (lock: LockWord | null) => void;
  people: (people: Person[]) => void;
  gone: () => void;
}

interface Named {
  kind: string;
  id: string;
}

interface Message {
  changed?: Named & { by: { id: string; name: string } | null; version: number; record?: Row };
  lock?: Named & { lock: LockWord | null };
  presence?: Named & { people: Person[] };
  gone?: Named;
  refused?: Named & { code: string };
  resync?: true;
}

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** Going from one record to the next keeps the socket. */
const LINGER_MS = 5000;
/** Whoever is told to ask anew is not the only one: they ask within this time, not in the same moment. */
const RESYNC_MS = 2000;
/** What was refused for now is asked for again after this, and up to twice of it. */
const REFUSED_MS = 5000;
/** What stays refused, however often one asks. */
const FINAL = ["not_found", "forbidden"];

const watchers = new Set<Watcher>();
let socket: WebSocket | undefined;
let failures = 0;
let again: ReturnType<typeof setTimeout> | undefined;
let leaving: ReturnType<typeof setTimeout> | undefined;
/** Who asks again before long, by record; all of them under no name. */
const soon = new Map<string, ReturnType<typeof setTimeout>>();

/** Follows a record until the returned function is called. */
export function follow(watcher: Watcher): () => void {
  watchers.add(watcher);
  clearTimeout(leaving);
  if (socket?.readyState === WebSocket.OPEN) ask(watcher);
  else connect();
  return () => {
    watchers.delete(watcher);
    const { kind, id } = watcher;
    const still = [...watchers].some((other) => other.kind === kind && other.id === id);
    if (!still) say({ unwatch: { kind, id } });
    if (!watchers.size) leaving = setTimeout(hangUp, LINGER_MS);
  };
}

function connect(): void {
  clearTimeout(again);
  if (socket || !watchers.size || !navigator.onLine) return;
  const opened = new WebSocket(`${location.origin.replace(/^http/, "ws")}${BASE}/live`);
  socket = opened;
  opened.onopen = () => {
    failures = 0;
    watchers.forEach(ask);
  };
  opened.onmessage = (event) => hear(JSON.parse(String(event.data)) as Message);
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = undefined;
    if (!watchers.size) return;
    // Everybody whose server restarts comes back, but not in the same moment.
    const wait = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (0.5 + Math.random() / 2);
    failures += 1;
    again = setTimeout(connect, wait);
  };
}

function hangUp(): void {
  clearTimeout(again);
  const old = socket;
  socket = undefined;
  old?.close(1000);
}

function say(message: unknown): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function ask({ kind, id, include, version }: Watcher): void {
  say({ watch: { kind, id, include, version: version() ?? null } });
}

/** Asks again in a while, once however often it was said. */
function askLater(name: string, wait: number, whom: (watcher: Watcher) => boolean): void {
  if (soon.has(name)) return;
  const timer = setTimeout(() => {
    soon.delete(name);
    [...watchers].filter(whom).forEach(ask);
  }, wait);
  soon.set(name, timer);
}

function hear(message: Message): void {
  if (message.resync) return askLater("", Math.random() * RESYNC_MS, () => true);
  const to = (named: Named, tell: (watcher: Watcher) => void) => {
    for (const watcher of [...watchers]) if (watcher.kind === named.kind && watcher.id === named.id) tell(watcher);
  };
  const { changed, lock, presence, gone, refused } = message;
  if (changed) {
    const { record, by, version } = changed;
    to(changed, (watcher) => (record ? watcher.changed(record, by) : watcher.stale(version)));
  }
  if (lock) to(lock, (watcher) => watcher.lock(lock.lock));
  if (presence) to(presence, (watcher) => watcher.people(presence.people));
  if (gone) to(gone, (watcher) => watcher.gone());
  if (refused && !FINAL.includes(refused.code)) {
    const { kind, id } = refused;
    askLater(`${kind}/${id}`, REFUSED_MS * (1 + Math.random()), (watcher) => watcher.kind === kind && watcher.id === id);
  }
}

if (typeof addEventListener === "function") {
  addEventListener("online", () => {
    failures = 0;
    connect();
  });
  // Offline nothing is tried, and a page that is put aside holds no socket.
  addEventListener("offline", hangUp);
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && connect());
}
