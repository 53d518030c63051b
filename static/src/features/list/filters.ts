/** Which rows a list shows: conditions that must all hold, each with its alternatives. */

export type Op = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "in" | "contains" | "null";

const OPS = new Set<string>(["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "null"]);

/** `status in new,assigned`; several values of `in` are parted by commas. */
export interface Term {
  path: string;
  op: Op;
  value: string;
}

/** One of these must hold. */
export type Clause = Term[];

export interface Filter {
  clauses: Clause[];
  /** A condition that somebody wrote by hand and that no chip can show; it is passed on as it is. */
  raw: unknown;
}

export const NO_FILTER: Filter = { clauses: [], raw: null };

export const isFiltered = (filter: Filter): boolean => filter.clauses.length > 0 || filter.raw !== null;

/** As query parameters: plain ones where they suffice, the rest in `filter`. */
export function parametersOf({ clauses, raw }: Filter): [string, string][] {
  const plain = new Map<string, string>();
  const rest: unknown[] = raw === null ? [] : [raw];
  for (const clause of clauses) {
    const [only] = clause;
    const name = only && (only.op === "eq" ? only.path : `${only.path}[${only.op}]`);
    if (clause.length === 1 && only && name && !plain.has(name)) plain.set(name, only.value);
    else if (clause.length > 0) rest.push(clause.length === 1 ? jsonOf(only as Term) : { or: clause.map(jsonOf) });
  }
  const written: [string, string][] = [...plain];
  if (rest.length > 0) written.push(["filter", JSON.stringify(rest.length === 1 ? rest[0] : { and: rest })]);
  return written;
}

function jsonOf({ path, op, value }: Term): unknown {
  return { [path]: { [op]: op === "in" ? value.split(",") : value } };
}

/** Reads what {@link parametersOf} wrote, and what people write by hand. */
export function filterOf(parameters: Iterable<[string, string]>): Filter {
  const clauses: Clause[] = [];
  let raw: unknown = null;
  for (const [name, value] of parameters) {
    if (name === "filter") {
      const read = clausesOf(parsed(value));
      if (read) clauses.push(...read);
      else raw = parsed(value) ?? null;
      continue;
    }
    const [, path, op] = /^([\w.-]+)(?:\[(\w+)\])?$/.exec(name) ?? [];
    if (path && OPS.has(op ?? "eq")) clauses.push([{ path, op: (op ?? "eq") as Op, value }]);
  }
  return { clauses, raw };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All must hold; null when it is nested deeper than chips can show. */
function clausesOf(json: unknown): Clause[] | null {
  if (!isObject(json)) return null;
  const clauses: Clause[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === "and" && Array.isArray(value)) {
      for (const item of value) {
        const inner = clausesOf(item);
        if (!inner) return null;
        clauses.push(...inner);
      }
    } else if (name === "or" && Array.isArray(value)) {
      const terms = value.map(termOf);
      if (terms.some((term) => term === null)) return null;
      clauses.push(terms as Clause);
    } else {
      const term = termOf({ [name]: value });
      if (!term) return null;
      clauses.push([term]);
    }
  }
  return clauses;
}

function termOf(json: unknown): Term | null {
  if (!isObject(json) || Object.keys(json).length !== 1) return null;
  const [path, wanted] = Object.entries(json)[0] as [string, unknown];
  if (path === "and" || path === "or") return null;
  if (wanted === null) return { path, op: "null", value: "true" };
  if (Array.isArray(wanted)) return { path, op: "in", value: wanted.join(",") };
  if (!isObject(wanted)) return { path, op: "eq", value: String(wanted) };
  const ops = Object.entries(wanted);
  const [op, value] = ops[0] ?? [];
  if (ops.length !== 1 || !op || !OPS.has(op)) return null;
  return { path, op: op as Op, value: Array.isArray(value) ? value.join(",") : String(value) };
}
