/** Who else is on a record (R25): a beat every minute, and what the socket says in between. */
import { signal } from "@preact/signals";
import { BASE, call } from "../api";
import type { Person } from "./socket";

const BEAT_MS = 60_000;
/** A record that is only passed by is not looked at. */
const SETTLE_MS = 1000;

/** By record. */
export const people = signal<Record<string, Person[]>>({});

export const peopleOn = (kind: string, id: string): Person[] => people.value[`${kind}/${id}`] ?? [];

export function heardPeople(kind: string, id: string, here: Person[]): void {
  const { [`${kind}/${id}`]: _, ...rest } = people.value;
  people.value = here.length ? { ...rest, [`${kind}/${id}`]: here } : rest;
}

/** Says that this person is there, until the returned function is called. */
export function beHere(kind: string, id: string): () => void {
  const path = `${kind}/${id}/presence`;
  let there = false;
  const beat = async () => {
    if (!navigator.onLine || document.hidden) return;
    there = true;
    try {
      heardPeople(kind, id, (await call<{ people: Person[] }>("PUT", path, { body: {}, cause: "timer" })).data.people);
    } catch {
      // Who else is there is a courtesy: without it nothing is missing.
    }
  };
  const leave = () => {
    if (!there || !navigator.onLine) return;
    there = false;
    fetch(`${BASE}/${path}`, { method: "DELETE", keepalive: true, credentials: "same-origin" }).catch(() => {});
  };
  const back = () => !document.hidden && !there && void beat();
  const first = setTimeout(() => void beat(), SETTLE_MS);
  const timer = setInterval(() => void beat(), BEAT_MS);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", back);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", back);
    leave();
    heardPeople(kind, id, []);
  };
}
