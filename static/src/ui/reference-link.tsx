/** A reference as one reads it: the name of the other record, and the way there. */
import { useQuery } from "@tanstack/preact-query";
import { Link } from "wouter-preact";
import { get, type Row } from "../kernel/api";
import { keys } from "../kernel/query";
import { type Field, may, type Schema, useKind } from "../kernel/schema";
import { words } from "../words";
import { Person } from "./avatar";
import { referred, titleOf } from "./value";

/** The record that a field names: as it came along, else by its own address. */
export function useReferred(field: Field, row: Row): Row | null {
  const kind = useKind(field.kind ?? "");
  const id = (row[field.name] as string | null) ?? null;
  const along = referred(row, field);
  // What came along is the old one for a moment after somebody chose another.
  const known = along && (along.id === undefined || along.id === id) ? along : null;
  const fields = ["id", "version", kind?.title ?? "name"].join();
  const named = useQuery({
    queryKey: [...keys.record(field.kind ?? "", id ?? ""), "title"],
    queryFn: ({ signal }) => get<Row>(`${field.kind}/${id}?fields=${fields}`, signal),
    enabled: id !== null && !known && may(kind, "read"),
  });
  return id === null ? null : (known ?? named.data ?? null);
}

/** A reference to something that this person may not see shows nothing: better no line for it at all. */
export function isBlind(schema: Schema | undefined, field: Field, row: Row): boolean {
  if (field.type !== "reference" || !field.kind || referred(row, field)) return false;
  return !may(schema?.kinds.find((kind) => kind.name === field.kind), "read");
}

/** `plain` where a way out of the page would lead astray, as in a dialog. */
export function ReferenceLink({ field, row, plain }: { field: Field; row: Row; plain?: boolean }) {
  const other = useReferred(field, row);
  const readable = may(useKind(field.kind ?? ""), "read");
  if (!other) return <span class="dim">{words.empty}</span>;
  if (field.kind === "users") return <Person name={titleOf(other)} />;
  if (!readable || plain) return <>{titleOf(other)}</>;
  return (
    <Link class="link" href={`/${field.kind}/${other.id}`}>
      {titleOf(other)}
    </Link>
  );
}
