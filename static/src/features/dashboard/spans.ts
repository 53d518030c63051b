/** Weeks and months up to now, the empty ones included: a summary leaves those out. */
import { today } from "../../kernel/format";

const DAY = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export interface Span {
  /** As the summary names it: `2026-11-16`, `2026-11`. */
  value: string;
  from: string;
  /** Not part of it any more. */
  to: string;
}

/** The last `n` weeks, by their Mondays, this one last. */
export function weeks(n: number, now: string = today()): Span[] {
  const day = Date.parse(now);
  const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * DAY;
  return Array.from({ length: n }, (_, i) => {
    const from = iso(monday - (n - 1 - i) * 7 * DAY);
    return { value: from, from, to: iso(Date.parse(from) + 7 * DAY) };
  });
}

/** The last `n` months, this one last. */
export function months(n: number, now: string = today()): Span[] {
  const [year = 0, month = 1] = now.split("-").map(Number);
  return Array.from({ length: n }, (_, i) => {
    const from = iso(Date.UTC(year, month - n + i, 1));
    return { value: from.slice(0, 7), from, to: iso(Date.UTC(year, month - n + i + 1, 1)) };
  });
}
