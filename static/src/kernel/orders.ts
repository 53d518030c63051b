/** Work orders as the calendar and the dispatch day hold them. */
import type { Page, Row } from "./api";
import { fieldOf, type Kind, may } from "./schema";
import { at } from "./zone";

/**
 * A list that has the technician whole under `assigned_to`: the id goes back to its place and the
 * name beside it, so that a write changes the one and needs not know the other.
 */
export function byId(answer: Page): Page {
  return { ...answer, data: answer.data.map(flat) };
}

function flat(row: Row): Row {
  const given = row.assigned_to;
  if (!given || typeof given !== "object") return row;
  const person = given as Row;
  return { ...row, assigned_to: person.id, given_to: { id: person.id, name: person.name } };
}

/** The technician's name as it came with the row, while the row is still theirs. */
export function givenTo(row: Row): string | null {
  const person = row.given_to as Row | undefined;
  return person && person.id === row.assigned_to ? String(person.name) : null;
}

/** Appointments within days, and what is due then and has none. */
export function within(from: string, to: string): string {
  const span = { gte: at(from), lt: at(to) };
  return JSON.stringify({ or: [{ scheduled_at: span }, { scheduled_at: null, due_at: span }] });
}

/** May this person write these fields of a kind? */
export const writes = (kind: Kind | undefined, ...fields: string[]): boolean =>
  may(kind, "update") && fields.every((name) => kind && fieldOf(kind, name)?.read_only === false);
