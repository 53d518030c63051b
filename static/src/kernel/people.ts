/** Who is who among colleagues: their names, read once. */
import { useMemo } from "preact/hooks";
import type { Page } from "./api";
import type { Person } from "./mentions";
import { type Part, usePart } from "./pages";
import { keys } from "./query";
import { may, useKind } from "./schema";
import { session } from "./session";

export const PEOPLE: Part<Page> = {
  key: keys.reference("users"),
  name: "users",
  path: "users?fields=id,name,role&active=true&sort=name&limit=200",
};

/** All colleagues whom this person may know of. */
export function usePeople(): Person[] {
  const allowed = may(useKind("users"), "read");
  const people = usePart(PEOPLE, allowed).data?.data;
  return useMemo(() => (people ?? []).map((one) => ({ id: one.id, name: String(one.name) })), [people]);
}

/** The name of a user by id, or null when it is not known to this person. */
export function useNames(): (id: unknown) => string | null {
  const allowed = may(useKind("users"), "read");
  const people = usePart(PEOPLE, allowed).data?.data;
  return (id) => {
    const me = session.value?.user;
    if (me && me.id === id) return me.name;
    const found = people?.find((person) => person.id === id);
    return found ? String(found.name) : null;
  };
}
