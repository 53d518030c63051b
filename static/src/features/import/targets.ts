/** What a column can become, and what its values then look like. */
import { day, money, number } from "../../kernel/format";
import { type Field, fieldOf, fieldsOf, type Kind } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { words } from "../../words";
import type { Column, Import, Trouble } from "./api";

/** Stands in the list of fields for one that is still to be made. */
export const OWN = "+own";

/** Whether this person may bring in files of that kind. */
export const importable = (kind: Kind): boolean =>
  kind.importable && kind.writable && kind.rights.read === "all" && kind.rights.create === "all";

export const keyOf = (trouble: Trouble): string => `${trouble.field}\n${trouble.value}`;

export interface Target {
  name: string;
  label: string;
  required: boolean;
}

/** What decides about a login is given by hand, never by a file. */
const LOGIN = new Set(["role", "tier", "company_id", "contractor_id"]);

/** The name of a field as an import has it. */
export const targetName = (field: Field): string => (field.own ? `custom.${field.name}` : field.name);

export function targetsOf(kind: Kind): Target[] {
  const fields = fieldsOf(kind)
    .filter((field) => !field.read_only && !field.derived && !(kind.name === "users" && LOGIN.has(field.name)))
    .map((field) => ({ name: targetName(field), label: field.label, required: isNeeded(kind, field) }));
  return [
    ...fields,
    { name: "external_id", label: words.imports.externalId, required: false },
    { name: "created_at", label: words.imports.createdAt, required: false },
  ];
}

/** Without it the server would reject every row. */
const isNeeded = (kind: Kind, field: Field): boolean =>
  field.required && !field.own && (field.default ?? null) === null && !(field.name === "number" && kind.natural_key.includes("number"));

export const fieldNamed = (kind: Kind, target: string): Field | undefined =>
  target.startsWith("custom.") ? kind.custom.map((f) => ({ ...f, own: true })).find((f) => f.name === target.slice(7)) : fieldOf(kind, target);

export const labelOf = (kind: Kind, target: string): string =>
  targetsOf(kind).find((known) => known.name === target)?.label ?? target.replace(/^custom\./, "");

/** Fields that every row needs and that no column fills. */
export const lacking = (kind: Kind, columns: Column[]): Target[] =>
  targetsOf(kind).filter((target) => target.required && !columns.some((column) => column.field === target.name));

/** Columns that no field takes and that become fields of the tenant's own. */
export const isKept = (found: Import, column: Column): boolean =>
  found.settings.keep_unmapped && !column.field && !column.left_out && column.filled > 0 && column.name !== "reason";

export const countMapped = (found: Import): number => found.columns.filter((column) => column.field).length;

/** The first value as it would stand in Larder. */
export function sampleAs(found: Import, column: Column, field: Field | undefined): string {
  const sample = column.sample[0] ?? "";
  if (!field || !sample) return sample;
  if (field.type === "date" || field.type === "time") {
    const iso = dayFrom(sample, found.settings.dates[column.name] ?? column.order);
    return iso ? day(iso) : sample;
  }
  if (field.type === "money" && /^-?\d+(\.\d+)?$/.test(sample)) {
    const { currency } = getTenant();
    return money(Math.round(Number(sample) * 100), currency);
  }
  if ((field.type === "int" || field.type === "real") && /^-?\d+(\.\d+)?$/.test(sample) && !/lat|lng/.test(field.name)) {
    return number(Number(sample));
  }
  return sample;
}

/** `10/20/2016` in the given order, as `2016-10-20`; null where it is no day of these shapes. */
export function dayFrom(text: string, order: string): string | null {
  const packed = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  if (packed) return `${packed[1]}-${packed[2]}-${packed[3]}`;
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text);
  if (!parts) return null;
  const [, a = "", b = "", year = ""] = parts;
  const [month, date] = order.startsWith("M") ? [a, b] : [b, a];
  return Number(month) > 12 ? null : `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
}
