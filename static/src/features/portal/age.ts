/** How old figures are, and what that is called: always beside what their dashboard may be. */
import type { IconName } from "../../ui/icon";

export type Word = "fresh" | "stale" | "very_stale" | "error" | "none";

/** So many times its TTL a figure is stale; beyond that it is very stale. */
const STALE_TTLS = 5;

export const LOOKS: Record<Word, [tone: "success" | "warning" | "danger" | "muted", icon: IconName]> = {
  fresh: ["success", "tick"],
  stale: ["warning", "clock"],
  very_stale: ["danger", "alert"],
  error: ["danger", "octagon"],
  none: ["muted", "dashed"],
};

export const secondsSince = (at: string, now = Date.now()): number => Math.max(0, Math.floor((now - Date.parse(at)) / 1000));

/** What figures of that age are called; those that could not be made newer are an error. */
export function wordOf(at: string | null, ttl: number, failed = false, now = Date.now()): Word {
  if (failed) return "error";
  if (!at) return "none";
  const age = secondsSince(at, now);
  return age < ttl ? "fresh" : age < ttl * STALE_TTLS ? "stale" : "very_stale";
}

/** `38 s`, `1 min 12 s`, `48 min`, `2 h 5 min`. */
export function ageText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${seconds} s`;
  if (minutes < 10) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 60)} h`;
}
