/** Records that come with what they refer to. */
import type { Row } from "./api";
import type { Part } from "./pages";
import { keys } from "./query";
import { type Kind, may, type Schema } from "./schema";

/** A record with all that it refers to and that this person may see. */
export function recordPart(schema: Schema, kind: Kind, id: string): Part<Row> {
  const whole = kind.fields
    .filter((field) => field.expands_as && schema.kinds.some((other) => other.name === field.kind && may(other, "read")))
    .map((field) => field.expands_as);
  return {
    key: keys.record(kind.name, id),
    name: "record",
    path: whole.length ? `${kind.name}/${id}?include=${whole.join()}` : `${kind.name}/${id}`,
    take: (row: Row) => apart(kind, row),
  };
}

/**
 * Where a reference comes whole under its own name (`assigned_to`), its id is put back in that place
 * and the whole record set beside it, so that a reference is an id everywhere.
 */
export function apart(kind: Kind, row: Row): Row {
  const made: Row = { ...row };
  for (const field of kind.fields) {
    const value = made[field.name];
    if (field.type !== "reference" || typeof value !== "object" || value === null) continue;
    made[field.name] = (value as Row).id;
    made[`${field.name}.whole`] = value;
  }
  return made;
}
