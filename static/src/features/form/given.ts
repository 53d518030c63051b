/** What stands in a form at first, and what of it is sent. */
import type { Row } from "../../kernel/api";
import { type Changes, only, pathOf, pathsOf, valueAt, withValue } from "../../kernel/changes";
import { type Field, fieldsOf, type Kind } from "../../kernel/schema";

/** Defaults, the tenant's currency, and what the address gives: `?site_id=…`. */
export function given(kind: Kind, search: string, currency: string): Row {
  const query = new URLSearchParams(search);
  return fieldsOf(kind)
    .filter((field) => !field.read_only && !field.derived)
    .reduce<Row>(
      (row, field) => {
        const path = pathOf(field);
        const text = query.get(path);
        const value = text !== null ? typed(field, text) : (field.default ?? (field.type === "currency" ? currency : undefined));
        return value === undefined ? row : withValue(row, path, value);
      },
      { id: "", version: 0 },
    );
}

function typed(field: Field, text: string): unknown {
  if (field.type === "bool") return text === "true";
  if (field.type === "int" || field.type === "real" || field.type === "money") return Number(text);
  return text;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";

/** The body of a new record: what was filled in, and a currency only where there is money. */
export function bodyOf(kind: Kind, row: Row): Changes {
  const { id: _, version: __, ...rest } = row;
  const moneyless = (path: string) => {
    const money = kind.fields.filter((field) => field.currency_field === path);
    return money.length > 0 && money.every((field) => isEmpty(row[field.name]));
  };
  const known = new Set(fieldsOf(kind).map(pathOf));
  return only(
    rest,
    pathsOf(rest).filter((path) => known.has(path) && !isEmpty(valueAt(rest, path)) && !moneyless(path)),
  );
}
