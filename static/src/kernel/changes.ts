/** Changes field by field. The tenant's own fields stand one level deeper and go by `custom.x` here. */
import type { Row } from "./api";

export type Changes = Record<string, unknown>;

const OWN = "custom.";

type Bag = Record<string, unknown>;

const ownOf = (from: Bag): Bag => (from.custom ?? {}) as Bag;

export const pathOf = (field: { name: string; own?: boolean }): string => (field.own ? OWN + field.name : field.name);

/** The fields that changes name. */
export function pathsOf(changes: Changes): string[] {
  return Object.keys(changes).flatMap((name) =>
    name === "custom" ? Object.keys(ownOf(changes)).map((own) => OWN + own) : [name],
  );
}

export function valueAt(from: Bag, path: string): unknown {
  return path.startsWith(OWN) ? ownOf(from)[path.slice(OWN.length)] : from[path];
}

/** The same with one field set. */
export function withValue<T extends Bag>(from: T, path: string, value: unknown): T {
  if (!path.startsWith(OWN)) return { ...from, [path]: value };
  return { ...from, custom: { ...ownOf(from), [path.slice(OWN.length)]: value } };
}

/** Some fields of a record as changes; one that it lacks is emptied. */
export function only(from: Bag, paths: string[]): Changes {
  return paths.reduce<Changes>((made, path) => withValue(made, path, valueAt(from, path) ?? null), {});
}

/** A record as it will be after the changes. */
export function applied(row: Row, changes: Changes): Row {
  return pathsOf(changes).reduce<Row>((made, path) => withValue(made, path, valueAt(changes, path)), row);
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What of `typed` differs from the record. */
export function differing(row: Row, typed: Changes): Changes {
  return only(
    typed,
    pathsOf(typed).filter((path) => !same(valueAt(row, path), valueAt(typed, path))),
  );
}
