/** Values as people say them: dates, money, numbers, in the browser's language and the tenant's zone. */
import { session } from "./session";

const language = navigator.language || "en-GB";
const DAY = 86_400_000;

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function once<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  let found = cache.get(key) as T | undefined;
  if (!found) cache.set(key, (found = make()));
  return found;
}

const zone = (): string => session.value?.tenant.zone ?? "UTC";

function dates(options: Intl.DateTimeFormatOptions, timeZone = zone()): Intl.DateTimeFormat {
  return once(JSON.stringify(options) + timeZone, () => new Intl.DateTimeFormat(language, { ...options, timeZone }));
}

/** `2026-11-21` in the tenant's zone. */
export function dayOf(moment: Date | number | string): string {
  return once(`day${zone()}`, () => new Intl.DateTimeFormat("en-CA", { timeZone: zone() })).format(new Date(moment));
}

export const today = (): string => dayOf(Date.now());

/** Whole days from today to a day; negative when it is past. */
export function daysUntil(day: string): number {
  return Math.round((Date.parse(day.slice(0, 10)) - Date.parse(today())) / DAY);
}

/** `12 March 2014`, without the year when it is this one. */
export function day(value: string): string {
  const thisYear = value.slice(0, 4) === today().slice(0, 4);
  return dates({ day: "numeric", month: "long", ...(thisYear ? {} : { year: "numeric" }) }, "UTC").format(
    new Date(value.slice(0, 10)),
  );
}

/** `12 March, 14:05`. */
export function moment(value: string): string {
  return `${day(dayOf(value))}, ${clock(value)}`;
}

/** `14:05`. */
export function clock(value: string | number): string {
  return dates({ hour: "2-digit", minute: "2-digit" }).format(new Date(value));
}

/** `Monday 23 November`. */
export function longDay(value: string): string {
  return dates({ weekday: "long", day: "numeric", month: "long" }, "UTC").format(new Date(value.slice(0, 10)));
}

export function monthName(value: string, style: "long" | "short" = "long"): string {
  return dates({ month: style, ...(style === "long" ? { year: "numeric" } : {}) }, "UTC").format(new Date(value));
}

/** `Mon`. */
export function weekdayName(value: string): string {
  return dates({ weekday: "short" }, "UTC").format(new Date(value.slice(0, 10)));
}

const relative = (): Intl.RelativeTimeFormat =>
  new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "long" });

/** `today`, `in 3 days`, `2 months ago`; beyond a year the date itself. */
export function nearDay(value: string): string {
  const days = daysUntil(value);
  const far = Math.abs(days);
  if (far > 365) return day(value);
  if (far > 60) return relative().format(Math.round(days / 30.4), "month");
  return relative().format(days, "day");
}

/** `just now`, `5 minutes ago`, `yesterday`. */
export function ago(value: string | number): string {
  const seconds = (new Date(value).getTime() - Date.now()) / 1000;
  const far = Math.abs(seconds);
  if (far < 45) return "just now";
  if (far < 3600) return relative().format(Math.round(seconds / 60), "minute");
  if (far < 86_400) return relative().format(Math.round(seconds / 3600), "hour");
  return nearDay(dayOf(value));
}

/** Whole and decimal places of a currency: 2 for GBP, 0 for JPY. */
export function places(currency: string): number {
  return money0(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

function money0(currency: string): Intl.NumberFormat {
  return once(`money${currency}`, () => {
    try {
      return new Intl.NumberFormat(language, { style: "currency", currency });
    } catch {
      return new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
    }
  });
}

/** Minor units as an amount: `£1,250.00`; `short` leaves out empty pence. */
export function money(minor: number, currency: string, short = false): string {
  const amount = minor / 10 ** places(currency);
  if (!short || amount % 1 !== 0) return money0(currency).format(amount);
  return once(`short${currency}`, () =>
    new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 0 }),
  ).format(amount);
}

/** `£390K`: where there is room for no more, above a narrow column. */
export function moneyInBrief(minor: number, currency: string): string {
  return once(`brief${currency}`, () =>
    new Intl.NumberFormat(language, { style: "currency", currency, notation: "compact", maximumSignificantDigits: 2 }),
  ).format(minor / 10 ** places(currency));
}

export function number(value: number): string {
  return once("number", () => new Intl.NumberFormat(language, { maximumFractionDigits: 2 })).format(value);
}

/** What something took: `135 ms`, `6.4 s`, `48 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`);

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const unit = value < 1e6 ? "kilobyte" : value < 1e9 ? "megabyte" : "gigabyte";
  const amount = value / { kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[unit];
  return once(`bytes${unit}`, () =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }),
  ).format(amount);
}

/** `40 s`, `12 minutes`, `3 hours`, `2 days`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units: [number, string][] = [[86_400, "day"], [3600, "hour"], [60, "minute"]];
  for (const [size, unit] of units) {
    const n = Math.round(seconds / size);
    if (seconds >= size) return `${n} ${unit}${n === 1 ? "" : "s"}`;
  }
  return `${seconds} s`;
}

/** `1 h 25 min`. */
export function minutes(value: number): string {
  const hours = Math.floor(value / 60);
  const rest = value % 60;
  return hours ? `${hours} h${rest ? ` ${rest} min` : ""}` : `${rest} min`;
}

/** `in_progress` → `In progress`. */
export function humane(name: string): string {
  const words = name.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = parts[0]?.charAt(0) ?? "";
  return (first + (parts.length > 1 ? (parts.at(-1)?.charAt(0) ?? "") : "")).toUpperCase();
}
