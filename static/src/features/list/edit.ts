/** What may be changed in a list, and how a change is sent. */
import type { Row } from "../../kernel/api";
import { isCurrency } from "../../kernel/currency";
import { type Field, type Kind, may } from "../../kernel/schema";
import { update } from "../../kernel/writes";
import type { Column } from "./columns";
import { rawOf } from "./local";

/**
 * Whether a cell can be typed into. The server has the last word, row by row. A currency is changed on the
 * record, with the amounts that are in it: a list need not have them.
 */
export const canEdit = (kind: Kind, { field }: Column): boolean => may(kind, "update") && !field.read_only && !field.derived && !field.protected && !isCurrency(field);

/** The field with the choices that are open from where the record stands. */
export function fieldFor(kind: Kind, field: Field, row: Row): Field {
  const moves = kind.states?.field === field.name ? kind.states.moves?.[String(row[field.name])] : undefined;
  if (!moves) return field;
  return { ...field, choices: field.choices?.filter((c) => c.name === row[field.name] || moves.includes(c.name)) };
}

/** A row with ids where the list has whole records, so that before and after can be compared. */
export function plain(row: Row, { field }: Column): Row {
  if (field.type !== "reference") return row;
  const other = field.expands_as ? row[field.expands_as] : null;
  return { ...row, [field.name]: rawOf(row, field), [`${field.name}.whole`]: other };
}

export const changesOf = ({ field }: Column, value: unknown): Record<string, unknown> =>
  field.own ? { custom: { [field.name]: value } } : { [field.name]: value };

export function saveCell(kind: Kind, row: Row, column: Column, value: unknown): Promise<Row | null> {
  const before = plain(row, column);
  const changes = changesOf(column, value);
  // Undoing needs only what was changed of the tenant's own fields.
  const own = column.field.own ? { custom: { [column.field.name]: rawOf(row, column.field) } } : {};
  return update(kind.name, { ...before, ...own }, changes);
}
