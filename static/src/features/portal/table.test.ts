import { expect, test } from "vitest";
import { renewed } from "./refresh";
import type { Board, Line } from "./shape";
import { type Column, sorted } from "./table";

interface Figures {
  n: number | null;
}

const line = (name: string, n: number | null, fetched_at: string | null = null): Line<Figures> => ({ workspace_id: name, name, fetched_at, completeness: null, warnings: [], error: null, figures: { n } });
const COLUMNS: Column<Figures>[] = [
  { name: "name", label: "", by: (row) => row.name, cell: () => null },
  { name: "n", label: "", by: (row) => row.figures?.n ?? null, cell: () => null },
];
const names = (rows: Line<Figures>[]) => rows.map((row) => row.name).join("");

test("lines are sorted by what a column says, those that say nothing last", () => {
  const rows = [line("b", 2), line("a", null), line("d", 30), line("c", 1)];
  expect(names(sorted(rows, COLUMNS, null))).toBe("badc");
  expect(names(sorted(rows, COLUMNS, { name: "n", down: true }))).toBe("dbca");
  expect(names(sorted(rows, COLUMNS, { name: "n", down: false }))).toBe("cbda");
  expect(names(sorted(rows, COLUMNS, { name: "name", down: false }))).toBe("abcd");
});

test("what came counts as newer where its moment is another than before", () => {
  const board = (...at: (string | null)[]) => ({ rows: at.map((moment, i) => line(String(i), 0, moment)) }) as unknown as Board;
  expect(renewed(board("1", "1", null), board("1", "2", "2"))).toBe(2);
  expect(renewed(undefined, board("1", null))).toBe(1);
});
