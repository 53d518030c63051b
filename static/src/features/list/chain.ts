/**
 * How far a list has been read: where each fetch of fifty rows begins. The rows themselves stay in
 * the query client and may be dropped; with these they are found again from anywhere.
 */
import type { Page } from "../../kernel/api";
import { session, type Session } from "../../kernel/session";

export const SIZE = 50;

/** How one fetch follows another: by cursor, by page number (best matches first), or not at all. */
export type Mode = "cursor" | "ranked" | "paged";

export class Chain {
  /** A cursor, or a page number for what has no cursors; the first needs none. */
  readonly steps: (string | null)[] = [null];
  private last: number | null = null;
  private counted = 0;

  constructor(private readonly mode: Mode) {}

  /** Takes in what fetch number `at` brought. */
  learn(at: number, { data, page }: Page): void {
    const next = this.next(at, page);
    if (!next) {
      this.last = data.length;
      this.steps.length = at + 1;
      this.counted = at;
      return;
    }
    if (at >= this.counted) this.last = null;
    // After a row was added or has gone the next fifty begin elsewhere.
    if (at + 1 <= this.steps.length) this.steps[at + 1] = next;
  }

  private next(at: number, { has_more, next_cursor }: Page["page"]): string | null {
    if (this.mode === "paged") return null;
    if (this.mode === "ranked") return has_more ? `page=${at + 2}` : null;
    return next_cursor && `cursor=${encodeURIComponent(next_cursor)}`;
  }

  get ended(): boolean {
    return this.last !== null;
  }

  /** Rows that can be scrolled to; what lies beyond is not known yet. */
  get length(): number {
    return this.last !== null ? this.counted * SIZE + this.last : (this.steps.length - 1) * SIZE;
  }

  /** Begins anew: the server no longer takes the old places. */
  reset(): void {
    this.steps.length = 1;
    this.last = null;
    this.counted = 0;
  }
}

/** Gone with the session that read them. */
const chains = new WeakMap<Session, Map<string, Chain>>();
const KEPT = 30;

export function chainOf(kind: string, query: string, mode: Mode): Chain {
  const who = session.value as Session;
  const known = chains.get(who) ?? new Map<string, Chain>();
  chains.set(who, known);
  const name = `${kind}?${query}`;
  const chain = known.get(name) ?? new Chain(mode);
  // The one used last comes last, and the first is the first to go.
  known.delete(name);
  known.set(name, chain);
  const oldest = known.keys().next().value;
  if (known.size > KEPT && oldest) known.delete(oldest);
  return chain;
}
