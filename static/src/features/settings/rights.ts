/** A role's rights as they are edited: how far each action reaches for each kind, and which fields are kept back. */
import type { Row } from "../../kernel/api";
import type { Kind, Level } from "../../kernel/schema";

export const ACTIONS = ["read", "create", "update", "delete", "export"] as const;
export const LEVELS: Level[] = ["none", "own", "company", "all"];
export type Action = (typeof ACTIONS)[number];
export type FieldRight = "full" | "locked" | "hidden";

export interface Rights {
  grants: Record<string, Partial<Record<Action, Level>>>;
  hidden: Record<string, string[]>;
  locked: Record<string, string[]>;
}

/**
 * What a role allows. A built-in role does not say; the owner's is everything, and of one's own role
 * the schema tells. Null where it is not known here.
 */
export function rightsOf(role: Row, kinds: Kind[], ownRole: string): Rights | null {
  const said = { grants: role.grants, hidden: role.hidden ?? {}, locked: role.locked ?? {} } as Rights;
  if (role.grants) return said;
  if (!role.shipped) return { ...said, grants: {} };
  if (role.name === "owner") return { ...said, grants: Object.fromEntries(kinds.map((kind) => [kind.name, everything()])) };
  if (role.name === ownRole) return { ...said, grants: Object.fromEntries(kinds.map((kind) => [kind.name, { ...kind.rights }])) };
  return null;
}

const everything = (): Record<Action, Level> => ({ read: "all", create: "all", update: "all", delete: "all", export: "all" });

export const levelOf = (rights: Rights, kind: string, action: Action): Level => rights.grants[kind]?.[action] ?? "none";

/** Sets one level. Who may not see may do nothing else; who may do something has to see as far. */
export function setLevel(rights: Rights, kind: string, action: Action, level: Level): Rights {
  const now = { ...rights.grants[kind], [action]: level };
  if (action === "read") {
    for (const other of ACTIONS) if (LEVELS.indexOf(now[other] ?? "none") > LEVELS.indexOf(level)) now[other] = level;
  } else if (LEVELS.indexOf(now.read ?? "none") < LEVELS.indexOf(level)) now.read = level;
  return { ...rights, grants: { ...rights.grants, [kind]: now } };
}

export function fieldRight(rights: Rights, kind: string, field: string): FieldRight {
  if (rights.hidden[kind]?.includes(field)) return "hidden";
  return rights.locked[kind]?.includes(field) ? "locked" : "full";
}

export function setField(rights: Rights, kind: string, field: string, right: FieldRight): Rights {
  const without = (list: string[] | undefined) => (list ?? []).filter((name) => name !== field);
  const put = (map: Record<string, string[]>, here: boolean): Record<string, string[]> => {
    const list = here ? [...without(map[kind]), field] : without(map[kind]);
    const { [kind]: _, ...others } = map;
    return list.length ? { ...others, [kind]: list } : others;
  };
  return { ...rights, hidden: put(rights.hidden, right === "hidden"), locked: put(rights.locked, right === "locked") };
}
