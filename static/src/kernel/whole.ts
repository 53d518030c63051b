/** Records that come with what they refer to. */
import type { Row } from "./api";
import type { Kind } from "./schema";

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
