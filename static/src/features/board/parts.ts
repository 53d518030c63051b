/** What a board reads: the cards of every column, and what the columns add up to. */
import { type Page, Problem, type Row } from "../../kernel/api";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";

export interface Columns {
  field: string;
  columns: { value: string; list: Page }[];
}

/** Amounts by currency, in minor units. */
export type Sum = Record<string, number>;

export interface Group {
  value: string | null;
  count: number;
  sum?: Sum;
}

export interface Summary {
  count: number;
  sum?: Sum;
  groups: Group[];
}

/** Cards of a column at first, and at most. */
export const FIRST = 25;
export const MOST = 200;

interface Gathered {
  parts: Record<string, { data?: unknown; status?: number; problem?: { code?: string; detail?: string } }>;
}

/** The columns have no address of their own: alone, they are a page with one part. */
export function columnsPart(kind: string, list: string): Part<Columns> {
  return {
    key: ["columns", kind, list],
    name: "columns",
    path: `pages/board?${new URLSearchParams({ kind, list, parts: "columns" })}`,
    take: (answer: Columns | Gathered) => {
      if (!("parts" in answer)) return answer;
      const { data, status, problem } = answer.parts.columns ?? {};
      if (data === undefined) throw new Problem(status ?? 404, problem?.code ?? "", problem?.detail ?? "");
      return data as Columns;
    },
  };
}

export function summaryPart(kind: string, field: string, sum: string | undefined, filters: string): Part<Summary> {
  const query = new URLSearchParams(filters);
  query.set("group", field);
  if (sum) query.set("sum", sum);
  return { key: keys.summary(kind, query.toString()), name: "summary", path: `${kind}/summary?${query}` };
}

export const usersPart: Part<Page> = {
  key: keys.reference("users"),
  name: "users",
  path: "users?fields=id,name,role&active=true&sort=name&limit=200",
};

export const optionsPart: Part<Page> = {
  key: keys.reference("status_options"),
  name: "status_options",
  path: "status-options?sort=list,position&limit=200",
};

export const viewsPart = (kind: string): Part<Page> => ({
  key: keys.list("views", kind),
  name: "views",
  path: `views?kind=${kind}&sort=position&limit=200`,
});

/** One column with more cards than come at first. */
export function columnPart(kind: string, list: string, field: string, value: string, limit: number): Part<Page> {
  const query = new URLSearchParams(list);
  query.set(field, value);
  query.set("limit", String(limit));
  return { key: keys.list(kind, query.toString()), path: `${kind}?${query}` };
}

/** How likely each stage makes a deal, in percent, where the tenant's list says so. */
export function likelihoods(options: Row[] | undefined, list: string | undefined): Record<string, number> {
  const found = (options ?? []).filter((row) => row.list === list && typeof row.probability === "number");
  return Object.fromEntries(found.map((row) => [String(row.name), row.probability as number]));
}
