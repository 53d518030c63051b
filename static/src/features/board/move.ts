/** Moves a card: shown at once, put back when the server refuses, undone on request. */
import { signal } from "@preact/signals";
import { Problem, type Row } from "../../kernel/api";
import { client } from "../../kernel/query";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { boardWords } from "../../words/board";
import type { Move } from "./overlay";

/** By kind and id. */
export const moves = signal<ReadonlyMap<string, Move>>(new Map());

/** The last move of each card: the next one builds on the version that it leads to. */
const under = new Map<string, Promise<Row | null>>();

interface Wish {
  kind: string;
  field: string;
  row: Row;
  to: string;
  /** How the card and the column are called. */
  title: string;
  label: (value: string) => string;
}

export function move(wish: Wish): void {
  const { kind, field, row, to } = wish;
  const key = `${kind} ${row.id}`;
  const from = moves.value.get(key)?.from ?? String(row[field]);
  const was = moves.value.get(key)?.to ?? from;
  if (was === to) return;
  show(key, { row, from, to });
  const sent = (under.get(key) ?? Promise.resolve(row))
    .then((before) => update(kind, before ?? row, { [field]: to }, true))
    .then((saved) => saved && ({ ...row, ...pick(saved, row), version: saved.version } as Row))
    .catch((problem: unknown) => {
      if (problem instanceof Problem && problem.status === 422) refuse(wish.title, problem);
      return null;
    });
  under.set(key, sent);
  void sent.then(async (saved) => {
    const last = () => under.get(key) === sent;
    if (saved) {
      if (last()) show(key, { row: saved, from, to });
      const back = () => move({ ...wish, row: saved, to: was });
      toast(boardWords.moved(wish.title, wish.label(to)), { undo: back });
      await reread(kind);
    }
    if (!last()) return;
    under.delete(key);
    hide(key);
  });
}

/** Waits until what is on screen has been read again; the writing has begun that. */
async function reread(kind: string): Promise<void> {
  const mine = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] === kind, type: "active" } as const;
  await client.refetchQueries(mine, { cancelRefetch: false }).catch(() => {});
}

/** Plain values as saved; what a card shows of other records stays. */
function pick(saved: Row, shown: Row): Record<string, unknown> {
  const plain = Object.keys(shown).filter((name) => name in saved && (shown[name] === null || typeof shown[name] !== "object"));
  return Object.fromEntries(plain.map((name) => [name, saved[name]]));
}

function refuse(title: string, problem: Problem): void {
  const nobody = problem.errors.some((error) => error.code === "unassigned");
  const why = nobody ? boardWords.nobody : problem.errors.map((error) => error.message).join(" ") || problem.message;
  toast(boardWords.refused(title, why), { tone: "danger" });
}

function show(key: string, move: Move): void {
  moves.value = new Map(moves.value).set(key, move);
}

function hide(key: string): void {
  const rest = new Map(moves.value);
  rest.delete(key);
  moves.value = rest;
}
