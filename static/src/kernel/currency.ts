/**
 * Amounts are kept in minor units, of which a pound has 100 and a yen 1. Whoever changes a currency means
 * the number that stands there: it stays, and its minor units become others.
 */
import type { Row } from "./api";
import { type Changes, pathOf, valueAt, withValue } from "./changes";
import { places } from "./format";
import type { Field, Kind } from "./schema";

/** Three letters are a currency; fewer are one that is being typed. */
const isWhole = (value: unknown): value is string => typeof value === "string" && /^[a-z]{3}$/i.test(value.trim());

export const isCurrency = (field: Field | undefined): boolean => field?.type === "currency";

/** Which currency amounts are in; nobody's own is `home`, one that is half typed none yet. */
function codeOf(value: unknown, home: string): string | null {
  if (value === null || value === undefined || value === "") return home;
  return isWhole(value) ? value.trim().toUpperCase() : null;
}

/** The amounts of a record that are in the currency of the field at `path`. */
const amountsIn = (kind: Kind, path: string): Field[] => [...kind.fields, ...kind.custom].filter((field) => field.type === "money" && (field.currency_field ?? "currency") === path);

/** What becomes of a record's amounts when the currency at `path` becomes `to`: changes, none where the minor units stay as they are. */
export function inCurrency(kind: Kind, row: Row, path: string, to: unknown, home: string): Changes {
  const [from, into] = [codeOf(valueAt(row, path), home), codeOf(to, home)];
  if (!from || !into) return {};
  const more = places(into) - places(from);
  if (more === 0) return {};
  return amountsIn(kind, path).reduce<Changes>((made, field) => {
    const minor = valueAt(row, pathOf(field));
    return typeof minor === "number" ? withValue(made, pathOf(field), Math.round(minor * 10 ** more)) : made;
  }, {});
}

/** A record in which a currency that is half typed is still the one before: its amounts are in that. */
export function asBefore(kind: Kind, row: Row, before: Row): Row {
  return kind.fields.filter(isCurrency).reduce((made, { name }) => {
    const value = made[name];
    return value && !isWhole(value) ? { ...made, [name]: before[name] ?? null } : made;
  }, row);
}
