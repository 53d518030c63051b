/** Figures and cells of a report, as people read them. */
import { day, money, moneyInBrief, number } from "../../kernel/format";
import { reportWords as words } from "../../words/reports";
import type { Heading } from "./api";

const UNITS = new Set(["count", "percent", "hours", "days", "score"]);

/** A figure in its unit; what is no unit is a currency. */
export function inUnit(value: number | null, unit: string): string {
  if (value === null) return "–";
  if (unit === "percent") return words.percent(number(value));
  if (unit === "hours") return words.hours(number(value));
  if (unit === "days") return words.days(number(value));
  return UNITS.has(unit) ? number(value) : money(Math.abs(value) < 1_000_000 ? value : Math.round(value / 100) * 100, unit, true);
}

/** The same where there is little room. */
export const brief = (value: number, unit: string): string => (UNITS.has(unit) ? inUnit(value, unit) : moneyInBrief(value, unit));

export const isNumber = (column: Heading): boolean => UNITS.has(column.type) || column.type === "money";

/** A record that a cell leads to. */
export const recordOf = (cell: unknown): { id: string; title: string | null } | null =>
  typeof cell === "object" && cell !== null && "id" in cell ? (cell as { id: string; title: string | null }) : null;

/** A cell as text; `currency` is that of its row. */
export function cellText(cell: unknown, column: Heading, currency: string): string {
  if (cell === null || cell === undefined) return "";
  if (column.type === "money" && typeof cell === "number") return money(cell, currency);
  if (typeof cell === "number") return inUnit(cell, column.type);
  if (column.type === "date") return day(String(cell));
  return recordOf(cell)?.title ?? (typeof cell === "object" ? "" : String(cell));
}
