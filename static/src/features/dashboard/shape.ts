/** What `GET dashboard` answers, and how its figures are read. */
import type { Page, Row } from "../../kernel/api";
import { money } from "../../kernel/format";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { getTenant } from "../../kernel/session";

export type Sums = Record<string, number>;

export interface Group {
  /** As a filter wants it; null where the field is empty. */
  value: string | boolean | null;
  label: string | null;
  count: number;
  sum?: Sums;
}

export interface Summary {
  count: number;
  sum?: Sums;
  groups?: Group[];
  more?: boolean;
}

/** One line of the log. */
export interface Deed {
  at: string;
  user_name: string | null;
  kind: string;
  record_id: string;
  /** What the record is called, where the server says so. */
  title?: string | null;
  action: string;
  version: number;
  changes: Record<string, [unknown, unknown]> | null;
}

/** A figure, a chart or a list, and the query of the list that shows its rows. */
export interface Tile {
  kind: string;
  query: string;
  summary?: Summary;
  list?: Page;
  activity?: { data: Deed[] };
}

export interface Dashboard {
  layout: "office" | "field" | "client";
  tiles: Record<string, Tile | undefined>;
}

export type Tiles = Dashboard["tiles"];

export const dashboardPart: Part<Dashboard> = { key: keys.dashboard, name: "dashboard", path: "dashboard" };

/** The list that shows a tile's rows; `more` narrows it. */
export function listOf(tile: Tile, more = ""): string {
  const query = [tile.query, more].filter(Boolean).join("&");
  return query ? `/${tile.kind}?${query}` : `/${tile.kind}`;
}

export const countOf = (tile: Tile): number => tile.summary?.count ?? tile.list?.page.total ?? tile.list?.data.length ?? 0;

/** A sum in the currency that says most: the tenant's own, else the largest. Currencies are never added up. */
export function mainSum(sum: Sums | undefined): { minor: number; currency: string; others: number } {
  const own = getTenant().currency;
  const found = Object.entries(sum ?? {}).sort(([a, x], [b, y]) => Number(b === own) - Number(a === own) || y - x);
  const [currency, minor] = found[0] ?? [own, 0];
  return { minor, currency, others: Math.max(0, found.length - 1) };
}

export const inCurrency = (sum: Sums | undefined, currency: string): number => sum?.[currency] ?? 0;

/** `£375,100`: whole amounts are what a dashboard needs. */
export function round(minor: number, currency: string): string {
  const scale = 10 ** (money(0, currency).match(/[.,](0+)\D*$/)?.[1]?.length ?? 0);
  return money(Math.round(minor / scale) * scale, currency, true);
}

/** The rows of a tile that come with it; null when they have to be asked for. */
export const rowsOf = (tile: Tile | undefined): Row[] | null => tile?.list?.data ?? null;
