/** What kinds there are and what they hold, as this person may see them: read once, kept for the tab. */
import { useQuery } from "@tanstack/preact-query";
import { type Part, readPart } from "./pages";
import { client, keys, setShownIn } from "./query";

export type FieldType =
  | "text"
  | "long_text"
  | "choice"
  | "reference"
  | "bool"
  | "time"
  | "date"
  | "money"
  | "currency"
  | "int"
  | "real"
  | "json"
  | "kind"
  | "email"
  | "phone"
  | "url"
  | (string & {});

export interface Choice {
  name: string;
  label?: string;
  /** Of a deal's stage: `open`, `won` or `lost`. */
  counts_as?: string;
}

export interface Field {
  name: string;
  label: string;
  type: FieldType;
  required: boolean;
  read_only: boolean;
  searched: boolean;
  indexed: boolean;
  /** Shown only on request, and the showing is logged. */
  protected: boolean;
  choices?: Choice[];
  /** Of a choice that the tenant may change: the list of status options that holds it. */
  list?: string;
  /** Of a reference: the kind that it names, and the member under which it comes whole. */
  kind?: string;
  expands_as?: string;
  max_length?: number;
  least?: number;
  most?: number;
  /** Of money: the field that holds its currency. */
  currency_field?: string;
  default?: unknown;
  /** Filled by Larder itself from a reference. */
  derived: boolean;
  sortable: boolean;
  filterable: boolean;
  /** One of the tenant's own fields, under `custom`. */
  own?: boolean;
}

export type Level = "none" | "own" | "company" | "all";

export interface Kind {
  name: string;
  one: string;
  many: string;
  about: string;
  title: string;
  stale_s: number;
  large: boolean;
  writable: boolean;
  importable: boolean;
  natural_key: string[];
  rights: Record<"read" | "create" | "update" | "delete" | "export", Level>;
  fields: Field[];
  custom: Field[];
  /** Kinds that refer to this one, and by which field. */
  related: { kind: string; field: string; label: string; field_label: string }[];
  /** Kinds whose records can be about one of this: tasks, notes, attachments. */
  about_it: string[];
  /** The field that says where a record stands, and where it may go from there; no moves mean any. */
  states: { field: string; moves: Record<string, string[]> | null } | null;
}

export interface Schema {
  kinds: Kind[];
}

const KEPT = "larder.schema";

function kept(): Schema | undefined {
  try {
    const text = sessionStorage.getItem(KEPT);
    return text ? (JSON.parse(text) as Schema) : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a schema for this tab, and tells the cache which kinds show which. */
export function learn(schema: Schema): Schema {
  setShownIn(
    schema.kinds.flatMap((kind) =>
      kind.fields.filter((f) => f.kind).map((f): [string, string] => [f.kind as string, kind.name]),
    ),
  );
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(schema));
  } catch {
    // It is asked for again after a reload.
  }
  return schema;
}

export const schemaPart: Part<Schema> = { key: keys.schema, name: "schema", path: "schema", take: learn };

export function useSchema(): Schema | undefined {
  return useQuery({
    queryKey: keys.schema,
    queryFn: ({ signal }) => readPart(schemaPart, signal),
    initialData: () => {
      const found = kept();
      return found && learn(found);
    },
    staleTime: 5 * 60_000,
  }).data;
}

/** A kind by its name, when this person may see it. */
export function useKind(name: string): Kind | undefined {
  return useSchema()?.kinds.find((kind) => kind.name === name);
}

/** The same without a component around it. */
export function kindOf(name: string): Kind | undefined {
  return client.getQueryData<Schema>(keys.schema)?.kinds.find((kind) => kind.name === name);
}

/** Declared fields and the tenant's own. */
export function fieldsOf(kind: Kind): Field[] {
  return [...kind.fields, ...kind.custom.map((field) => ({ ...field, own: true }))];
}

export function fieldOf(kind: Kind, name: string): Field | undefined {
  return fieldsOf(kind).find((field) => field.name === name);
}

export const may = (kind: Kind | undefined, action: keyof Kind["rights"]): boolean =>
  kind !== undefined && (action === "read" || kind.writable) && (kind.rights[action] ?? "none") !== "none";
