/** Changing one field where it is read: what is open, what was refused, and saving it. */
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { pathOf, same, valueAt, withValue } from "../../kernel/changes";
import { inCurrency, isCurrency } from "../../kernel/currency";
import { dropLock, isTheirs, lockOf, takeLock } from "../../kernel/live/locks";
import { type Field, type Kind, may } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { words } from "../../words";

/** An open editor: what stands in it, and why the server would not take it. */
export interface Open {
  value: unknown;
  message?: string;
  /** The record as it was when typing began: what somebody else changes meanwhile is found by it. */
  base: Row;
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
  // How many open fields hold the record; they let go of it with the page, too.
  const holds = useRef(0);
  const here = useRef(true);
  const letGo = () => {
    if (holds.current === 0) return;
    holds.current -= 1;
    dropLock(kind.name, row.id);
  };
  useEffect(
    () => () => {
      here.current = false;
      while (holds.current) letGo();
    },
    [],
  );
  const close = (path: string) => setOpen(({ [path]: _, ...rest }) => rest);
  const reopen = (path: string, value: unknown, base: Row, message?: string) =>
    setOpen((now) => ({ ...now, [path]: { value, base, message } }));
  const hold = async (path: string) => {
    const taken = await takeLock(kind.name, row.id);
    if (taken) {
      holds.current += 1;
      return here.current || letGo();
    }
    // Somebody was faster: the field closes before anything is lost in it.
    close(path);
    toast(words.live.mayNotEdit(lockOf(kind.name, row.id)?.name ?? words.live.somebody), { tone: "info" });
  };
  return {
    kind,
    row,
    open,
    editable: (field) => may(kind, "update") && !field.read_only && !field.derived && !isTheirs(kind.name, row.id),
    begin: (field, message) => {
      const path = pathOf(field);
      if (!open[path]) void hold(path);
      reopen(path, valueAt(row, path), row, message);
    },
    cancel: (field) => {
      close(pathOf(field));
      letGo();
    },
    save: (field, value) => {
      const path = pathOf(field);
      const base = open[path]?.base ?? row;
      close(path);
      if (same(value, valueAt(row, path))) return letGo();
      // Somebody else changed this very field while it was typed in: then the version has to tell.
      const at = same(valueAt(base, path), valueAt(row, path)) ? row : base;
      // With a currency go the amounts that are in it.
      const amounts = isCurrency(field) ? inCurrency(kind, at, path, value, getTenant().currency) : {};
      update(kind.name, at, withValue(amounts, path, value)).then(
        // Given up in the conflict dialog: what was typed stands in its field again.
        (saved) => (saved ? letGo() : reopen(path, value, row)),
        (problem: unknown) => reopen(path, value, at, refusalOf(problem, path)),
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
