/** Changing one field where it is read: what is open, what was refused, and saving it. */
import { createContext } from "preact";
import { useContext, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { pathOf, same, valueAt, withValue } from "../../kernel/changes";
import { type Field, type Kind, may } from "../../kernel/schema";
import { update } from "../../kernel/writes";

/** An open editor: what stands in it, and why the server would not take it. */
export interface Open {
  value: unknown;
  message?: string;
}

export interface Inline {
  kind: Kind;
  row: Row;
  open: Record<string, Open>;
  editable: (field: Field) => boolean;
  begin: (field: Field, message?: string) => void;
  cancel: (field: Field) => void;
  save: (field: Field, value: unknown) => void;
}

export const InlineContext = createContext<Inline | null>(null);

export function useInline(): Inline {
  const found = useContext(InlineContext);
  if (!found) throw new Error("This field stands outside a record's page.");
  return found;
}

/** The state behind the page's inline edits. Several may be open: one that is typed in, others that were refused. */
export function useInlineState(kind: Kind, row: Row): Inline {
  const [open, setOpen] = useState<Record<string, Open>>({});
  const close = (path: string) => setOpen(({ [path]: _, ...rest }) => rest);
  const reopen = (path: string, value: unknown, message?: string) => setOpen((now) => ({ ...now, [path]: { value, message } }));
  return {
    kind,
    row,
    open,
    editable: (field) => may(kind, "update") && !field.read_only && !field.derived,
    begin: (field, message) => reopen(pathOf(field), valueAt(row, pathOf(field)), message),
    cancel: (field) => close(pathOf(field)),
    save: (field, value) => {
      const path = pathOf(field);
      close(path);
      if (same(value, valueAt(row, path))) return;
      update(kind.name, row, withValue({}, path, value)).then(
        // Given up in the conflict dialog: what was typed stands in its field again.
        (saved) => saved ?? reopen(path, value),
        (problem: unknown) => reopen(path, value, refusalOf(problem, path)),
      );
    },
  };
}

/** What the server says about one field. */
export function refusalOf(problem: unknown, path: string): string | undefined {
  if (!(problem instanceof Problem)) return undefined;
  const pointer = `/${path.replace(".", "/")}`;
  return (problem.errors.find((error) => error.pointer === pointer) ?? problem.errors[0])?.message ?? problem.message;
}
