/** Which columns a list has, how wide they are, and what must be asked for to fill them. */
import { columnsOf } from "../../kernel/kinds";
import { type Field, fieldsOf, type Kind, type Schema } from "../../kernel/schema";
import { words } from "../../words";

export interface Column {
  /** As the API names it: `status`, `custom.stops`. */
  path: string;
  field: Field;
}

const NEVER = new Set(["json", "long_text"]);

/** When it was made: every record has it, the schema does not say so. */
const CREATED: Field = {
  name: "created_at",
  label: words.list.createdAt,
  type: "time",
  required: true,
  read_only: true,
  searched: false,
  indexed: true,
  protected: false,
  derived: true,
  sortable: true,
  filterable: true,
};

const pathTo = (field: Field): string => (field.own ? `custom.${field.name}` : field.name);

/** Every field that could be a column. */
export function allColumns(kind: Kind): Column[] {
  const fields = fieldsOf(kind).filter((f) => !NEVER.has(f.type) && !f.protected);
  // The tenant's own fields can be sorted by as soon as they can be filtered by.
  return [...fields, CREATED].map((f) => ({ path: pathTo(f), field: f.own ? { ...f, sortable: f.filterable } : f }));
}

/** Every field that could be filtered by. */
export function filterable(kind: Kind): Column[] {
  const fields = fieldsOf(kind).filter((f) => f.filterable && f.type !== "json");
  return [...fields, CREATED].map((field) => ({ path: pathTo(field), field }));
}

/** The chosen ones in their order; without a choice, or when nothing of it is left, the kind's own. */
export function chosenColumns(kind: Kind, wanted: string[] | null): Column[] {
  const all = allColumns(kind);
  const named = (names: string[]) => names.flatMap((name) => all.find((c) => c.path === name) ?? []);
  const chosen = wanted ? named(wanted) : [];
  const shown = chosen.length > 0 ? chosen : named(columnsOf(kind));
  return shown.length > 0 ? shown : all.slice(0, 5);
}

/** The `fields` of the request: what the columns show, and no more. */
export function fieldsFor(kind: Kind, columns: Column[], schema: Schema): string {
  const asked = new Set(["id", "version"]);
  const has = (name: string) => kind.fields.some((f) => f.name === name);
  if (has(kind.title)) asked.add(kind.title);
  // A date that has passed is late only while the record is open.
  if (kind.states && has(kind.states.field)) asked.add(kind.states.field);
  for (const { path, field } of columns) {
    const target = field.type === "reference" ? schema.kinds.find((k) => k.name === field.kind) : undefined;
    if (target && field.expands_as) {
      asked.add(`${field.expands_as}.id`);
      if (target.fields.some((f) => f.name === target.title)) asked.add(`${field.expands_as}.${target.title}`);
    } else {
      asked.add(path);
    }
    const currency = field.type === "money" ? (field.currency_field ?? "currency") : null;
    if (currency && has(currency)) asked.add(currency);
  }
  return [...asked].join(",");
}

export const isNumber = (field: Field): boolean => ["money", "int", "real"].includes(field.type);

/** The least width in pixels, and the share of what is left over. */
function measure(kind: Kind, { field }: Column): [number, number] {
  if (field.name === kind.title && !field.own) return [field.max_length && field.max_length <= 40 ? 128 : 136, 4];
  switch (field.type) {
    case "choice":
      return field.name === "priority" ? [104, 0] : [140, 0];
    case "date":
    case "time":
      return [field.label.length > 12 ? 122 : 112, 0.3];
    case "bool":
      return [84, 0];
    case "money":
    case "int":
    case "real":
      return [104, 0];
    case "reference":
      // A picture and a name need a room of their own, and no more.
      return field.kind === "users" ? [152, 0.2] : [128, 2];
    case "email":
    case "url":
      return [176, 1];
    case "phone":
      return [128, 0];
    default:
      return field.max_length && field.max_length <= 40 ? [116, 0] : [104, field.max_length && field.max_length <= 200 ? 1 : 2];
  }
}

/** Pixels per column, so that together they fill the room, or are scrolled when there is too little. */
export function widths(kind: Kind, columns: Column[], room: number): number[] {
  const measured = columns.map((column) => measure(kind, column));
  const least = measured.reduce((sum, [width]) => sum + width, 0);
  const shares = measured.reduce((sum, [, share]) => sum + share, 0);
  const over = Math.max(0, room - least);
  let given = 0;
  return measured.map(([width, share], i) => {
    const more = shares ? Math.floor((over * share) / shares) : Math.floor(over / columns.length);
    given += width + more;
    // The last one takes what rounding left.
    return i === columns.length - 1 ? width + more + Math.max(0, room - given) : width + more;
  });
}

/** Two lines on a phone: what it is and when, where it belongs and how it stands. The rest waits on the record. */
export function placesOf(kind: Kind, columns: Column[]): string[] {
  const named = columns.findIndex(({ field }) => field.name === kind.title && !field.own);
  const places = columns.map(() => "p-not");
  const main = Math.max(0, named);
  const take = (place: string, fits: (field: Field) => boolean) => {
    const at = columns.findIndex(({ field }, i) => i !== main && places[i] === "p-not" && fits(field));
    if (at >= 0) places[at] = place;
    return at >= 0;
  };
  if (columns.length > 0) places[main] = "p-main";
  void (take("p-chip", (f) => f.name === kind.states?.field) || take("p-chip", (f) => f.type === "choice"));
  void (take("p-when", (f) => f.type === "date" || f.type === "time") || take("p-when", isNumber));
  void (take("p-second", (f) => f.type === "reference" && f.kind !== "users") || take("p-second", (f) => !isNumber(f) && f.type !== "bool" && f.type !== "choice"));
  return places;
}
