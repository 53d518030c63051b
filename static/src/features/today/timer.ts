/** The clock that runs while one works: kept on this device, so that a reload or a flat battery loses no time. */
import { computed, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import { session } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { words } from "../../words";
import { todayWords } from "../../words/today";
import { logTime } from "./api";
import { minutesBetween } from "./order";

export interface Running {
  order: string;
  since: string;
}

const nameFor = (user: string): string => `larder.timer.${user}`;
const told = signal(0);

function read(user: string): Running | null {
  try {
    const found = JSON.parse(localStorage.getItem(nameFor(user)) ?? "null") as Running | null;
    return found?.order && !Number.isNaN(Date.parse(found.since)) ? found : null;
  } catch {
    return null;
  }
}

/** What is being timed; at most one thing at a time, each person their own. */
export const running = computed(() => {
  void told.value;
  const user = session.value?.user.id;
  return user ? read(user) : null;
});

addEventListener("storage", () => (told.value += 1));

function keep(value: Running | null): void {
  const user = session.value?.user.id;
  if (!user) return;
  try {
    if (value) localStorage.setItem(nameFor(user), JSON.stringify(value));
    else localStorage.removeItem(nameFor(user));
  } catch {
    // Private windows of some browsers keep nothing: the clock cannot run there.
  }
  told.value += 1;
}

/** Starts the clock; where it ran for another order, that time is noted first. */
export async function startClock(order: string): Promise<void> {
  if (running.value?.order === order) return;
  if (running.value && !(await stopClock())) return;
  keep({ order, since: new Date().toISOString() });
}

/**
 * Stops the clock and notes the time; quietly, where another message follows. It keeps running when
 * the time could not be noted.
 */
export async function stopClock(quiet = false): Promise<boolean> {
  const now = running.value;
  if (!now) return true;
  const spent = minutesBetween(now.since, Date.now());
  if (spent < 1) {
    keep(null);
    return true;
  }
  try {
    await logTime(now.order, now.since, new Date().toISOString());
    keep(null);
    if (!quiet) toast(todayWords.time.noted(spent));
    return true;
  } catch (problem) {
    toast(problem instanceof Problem ? problem.message : words.problem.title, { tone: "danger" });
    return false;
  }
}

/** The present moment, renewed while the screen is open. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
