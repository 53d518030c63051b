/** A record and what refers to it, as its page, a glance at it and a hover all read them. */
import type { Page, Row } from "./api";
import type { Part } from "./pages";
import { keys } from "./query";
import { type Kind, may, type Schema } from "./schema";
import { apart } from "./whole";

export type Related = Kind["related"][number];

const AT_ONCE = 25;

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

/** The list of one kind that refers to a record, as it comes with the page or by itself. */
export function relatedPart(related: Related, id: string): Part<Page> {
  const query = `${related.field}=${id}&limit=${AT_ONCE}&count=true`;
  const member = `${related.kind}.${related.field}`;
  return {
    key: keys.related(related.kind, query),
    name: "related",
    path: `${related.kind}?${query}`,
    take: (answer: Page | Record<string, Page>) => (Array.isArray(answer.data) ? answer : (answer as Record<string, Page>)[member]) as Page,
  };
}

/** Kinds that refer to this one and that this person may see. */
export function relatedOf(schema: Schema, kind: Kind): Related[] {
  return (kind.related ?? []).filter((related) => may(schema.kinds.find((k) => k.name === related.kind), "read"));
}
