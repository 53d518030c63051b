/** Moves that are on their way, laid over what the server said last: what a board shows meanwhile. */
import type { Row } from "../../kernel/api";
import type { Group, Sum, Summary } from "./parts";

export interface Move {
  row: Row;
  from: string;
  to: string;
}

/** The cards of a column with the moves done, in the order of the board. */
export function cardsIn(value: string, rows: Row[], field: string, sort: string, moves: Iterable<Move>): Row[] {
  const under = new Map([...moves].map((move) => [move.row.id, move]));
  const stay = rows.filter((row) => (under.get(row.id)?.to ?? row[field]) === value);
  const there = new Set(stay.map((row) => row.id));
  let cards = stay;
  for (const move of under.values()) {
    if (move.to !== value || there.has(move.row.id)) continue;
    cards = cards.toSpliced(placeOf(move.row, cards, sort), 0, move.row);
  }
  return cards;
}

/** Where a card comes among others that are sorted so. */
export function placeOf(row: Row, cards: Row[], sort: string): number {
  const down = sort.startsWith("-");
  const field = down ? sort.slice(1) : sort;
  const before = (a: unknown, b: unknown): boolean => {
    // Empty values come first going up and last going down.
    if (a === null || a === undefined) return !down && b !== null && b !== undefined;
    if (b === null || b === undefined) return down;
    return down ? a > b : a < b;
  };
  const found = cards.findIndex((card) => card.id !== row.id && before(row[field], card[field]));
  return found < 0 ? cards.length : found;
}

/** What a card adds to a column: nothing where its value is not known. */
export function worthOf(row: Row, money: string | undefined, currency: string | undefined, tenants: string): Sum {
  const value = money ? row[money] : null;
  return typeof value === "number" ? { [String((currency && row[currency]) || tenants)]: value } : {};
}

export function plus(a: Sum = {}, b: Sum = {}, times = 1): Sum {
  const sum = { ...a };
  for (const [currency, value] of Object.entries(b)) sum[currency] = (sum[currency] ?? 0) + times * value;
  return sum;
}

/** Count and sum of every column, with the moves done. */
export function totalsOf(summary: Summary | undefined, moves: Iterable<Move>, worth: (row: Row) => Sum): Map<string, Group> {
  const totals = new Map<string, Group>();
  for (const group of summary?.groups ?? []) totals.set(String(group.value), group);
  const add = (value: string, row: Row, times: number) => {
    const old = totals.get(value) ?? { value, count: 0, sum: {} };
    totals.set(value, { ...old, count: old.count + times, sum: plus(old.sum, worth(row), times) });
  };
  for (const { row, from, to } of moves) {
    add(from, row, -1);
    add(to, row, 1);
  }
  return totals;
}

/** Sums weighted by how likely each column makes its records. */
export function weighted(totals: Map<string, Group>, columns: string[], percents: Record<string, number>): Sum {
  return columns.reduce<Sum>((sum, value) => plus(sum, totals.get(value)?.sum, (percents[value] ?? 0) / 100), {});
}
