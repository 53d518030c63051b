/** Days and times of day in the tenant's zone, whatever zone the browser is in. */
import { session } from "./session";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const zone = (): string => session.value?.tenant.zone ?? "UTC";

const kept = new Map<string, Intl.DateTimeFormat>();

function parts(timeZone: string): Intl.DateTimeFormat {
  let found = kept.get(timeZone);
  if (!found) {
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
    kept.set(timeZone, (found = new Intl.DateTimeFormat("en-GB", { ...digits, hourCycle: "h23", timeZone })));
  }
  return found;
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function ahead(moment: number, timeZone: string): number {
  const read: Record<string, number> = {};
  for (const part of parts(timeZone).formatToParts(moment)) read[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(moment / MINUTE) * MINUTE;
}

/** The moment at which clocks show so many minutes after midnight on a day, as the server writes it. */
export function at(day: string, minutes = 0, timeZone = zone()): string {
  const shown = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
  const guess = shown - ahead(shown, timeZone);
  // Near a change of clocks the first guess may have read the wrong side of it.
  return new Date(shown - ahead(guess, timeZone)).toISOString();
}

/** Minutes since midnight that clocks show at a moment. */
export function minutesOf(moment: string | number, timeZone = zone()): number {
  const time = new Date(moment).getTime();
  return (((time + ahead(time, timeZone)) % DAY) + DAY) % DAY / MINUTE;
}

/** The same time of day on another day. */
export const onDay = (moment: string, day: string): string => at(day, minutesOf(moment));

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The first of the month so many months away. */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The Monday of a day's week. */
export const monday = (day: string): string => addDays(day, -weekday(day));

/** The days from one to another, the second not included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Is this text a day such as 2026-11-21? */
export function isDay(text: string | null | undefined): text is string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

