/**
 * Filters, searches and sorts rows here, when the whole list is loaded (R38): a changed filter then
 * asks nothing. Where the server might see it differently, this says so, and the server is asked.
 */
import type { Row } from "../../kernel/api";
import { today } from "../../kernel/format";
import type { Field } from "../../kernel/schema";
import { referred, valueOf } from "../../ui/value";
import { type Column } from "./columns";
import type { Clause, Filter, Term } from "./filters";

type Test = (row: Row) => boolean;

/** A field's value as it stands on the wire: of a reference the id. */
export function rawOf(row: Row, field: Field): unknown {
  if (field.type === "reference") return referred(row, field)?.id ?? (typeof row[field.name] === "string" ? row[field.name] : null);
  return valueOf(row, field) ?? null;
}

const TEXTS = new Set(["text", "email", "phone", "url", "choice"]);
const NUMBERS = new Set(["money", "int", "real"]);

/** `today+7` as a day; null for what only the server can tell. */
function dayFrom(value: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const [, sign, days] = /^today(?:([+-])(\d+))?$/.exec(value) ?? [];
  if (!value.startsWith("today") || (sign && !days)) return null;
  if (value !== "today" && !days) return null;
  const at = new Date(`${today()}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + Number(`${sign ?? ""}${days ?? 0}`));
  return at.toISOString().slice(0, 10);
}

function wanted(field: Field, text: string): string | number | boolean | null {
  if (field.type === "date") return dayFrom(text);
  if (field.type === "bool") return text === "true" ? true : text === "false" ? false : null;
  if (NUMBERS.has(field.type)) return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  if (TEXTS.has(field.type)) return text;
  return field.type === "reference" && /^[0-9a-f-]{36}$/.test(text) ? text : null;
}

function testOf(term: Term, columns: Column[]): Test | null {
  const field = columns.find((column) => column.path === term.path)?.field;
  if (!field) return null;
  const held = (row: Row) => rawOf(row, field);
  if (term.op === "null") return (row) => (held(row) === null) === (term.value === "true");
  if (term.op === "contains") {
    if (!TEXTS.has(field.type)) return null;
    const part = term.value.toLowerCase();
    return (row) => String(held(row) ?? "").toLowerCase().includes(part);
  }
  const values = (term.op === "in" ? term.value.split(",") : [term.value]).map((text) => wanted(field, text));
  const [value] = values;
  if (values.includes(null) || value === undefined || value === null || value === "") return null;
  const compare = (says: (order: number) => boolean): Test => (row) => {
    const own = held(row) as typeof value | null;
    return own !== null && says(own < value ? -1 : own > value ? 1 : 0);
  };
  switch (term.op) {
    case "eq":
    case "in":
      return (row) => values.includes(held(row) as never);
    case "ne":
      return (row) => held(row) !== value;
    case "lt":
      return compare((order) => order < 0);
    case "lte":
      return compare((order) => order <= 0);
    case "gt":
      return compare((order) => order > 0);
    default:
      return compare((order) => order >= 0);
  }
}

function anyOf(clause: Clause, columns: Column[]): Test | null {
  const tests = clause.map((term) => testOf(term, columns));
  if (tests.includes(null)) return null;
  return (row) => tests.some((test) => (test as Test)(row));
}

const folded = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const wordsIn = (text: string): string[] => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function searchOf(q: string, columns: Column[], searched: Field[]): Test | null {
  if (!q.trim()) return () => true;
  if (searched.length === 0 || searched.some((f) => !columns.some((c) => c.field.name === f.name))) return null;
  const typed = wordsIn(q);
  return (row) => {
    const own = searched.flatMap((f) => wordsIn(String(valueOf(row, f) ?? "")));
    return typed.every((word) => own.some((other) => other.startsWith(word)));
  };
}

function orderOf(sort: string, columns: Column[]): ((a: Row, b: Row) => number) | null {
  const falling = sort.startsWith("-");
  const path = falling ? sort.slice(1) : sort;
  const field = columns.find((column) => column.path === path)?.field;
  if (!field) return null;
  return (a, b) => {
    const [x, y] = [rawOf(a, field), rawOf(b, field)] as [string | number | null, string | number | null];
    // As the server has it: what is empty comes first going up.
    const order = x === y ? 0 : x === null ? -1 : y === null ? 1 : typeof x === "string" && typeof y === "string" ? x.localeCompare(y, undefined, { sensitivity: "base" }) : x < y ? -1 : 1;
    return falling ? -order : order;
  };
}

export interface Wish {
  filter: Filter;
  q: string;
  /** Null when the rows already stand in the order that is wanted. */
  sort: string | null;
}

/** The rows that are wanted, or null when only the server can tell. */
export function choose(rows: Row[], wish: Wish, columns: Column[], searched: Field[]): Row[] | null {
  if (wish.filter.raw !== null) return null;
  const tests = [...wish.filter.clauses.map((clause) => anyOf(clause, columns)), searchOf(wish.q, columns, searched)];
  const order = wish.sort === null ? undefined : orderOf(wish.sort, columns);
  if (tests.includes(null) || order === null) return null;
  const chosen = rows.filter((row) => tests.every((test) => (test as Test)(row)));
  return order ? chosen.sort(order) : chosen;
}
