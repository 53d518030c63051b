/** Figures as people say them. */
import { money, monthName, number } from "../../kernel/format";
import type { Board } from "./shape";

/** A part of 1 as `4.2 %`; whole percents from ten on. */
export function percent(part: number | null): string {
  if (part === null) return "–";
  const value = part * 100;
  const said = number(Math.abs(value) < 10 ? Math.round(Math.abs(value) * 10) / 10 : Math.round(Math.abs(value)));
  return value < 0 ? `−${said} %` : `${said} %`;
}

/** `+12`, `−80`, `0`. */
export function signed(value: number, say: (value: number) => string = number): string {
  if (value === 0) return say(0);
  return value > 0 ? `+${say(value)}` : `−${say(-value)}`;
}

/** An amount below nothing has a minus, not a hyphen. */
export const amount = (minor: number, currency: string): string => (minor < 0 ? `−${money(-minor, currency, true)}` : money(minor, currency, true));

/** `November`. */
export const month = (board: Board): string => monthName(`${board.month}-01`).replace(/\s*\d{4}$/, "");

/** `30 November`. */
export const monthEnd = (board: Board): string => `${board.days_in_month} ${month(board)}`;

/** How much of the month is over, today included. */
export const over = (board: Board): number => board.day_of_month / board.days_in_month;
