/** What is typed in a form: kept as a draft at every stroke, sent once, and marked where it was refused. */
import { useRef, useState } from "preact/hooks";
import { type FieldProblem, Problem, type Row } from "../../kernel/api";
import { applied, type Changes, differing, pathsOf, withValue } from "../../kernel/changes";
import { asBefore, inCurrency, isCurrency } from "../../kernel/currency";
import { draftOf, dropDraft, keepDraft } from "../../kernel/drafts";
import { newKey } from "../../kernel/ids";
import { fieldOf, type Kind } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { create, update } from "../../kernel/writes";
import { bodyOf } from "./given";

interface Draft {
  /** The record as it stood when typing began: what somebody else changes meanwhile is found by it. */
  base: Row;
  row: Row;
  /** The same with every currency whole: what the amounts are in. */
  priced?: Row;
  at: number;
}

export interface FormState {
  row: Row;
  /** As the row, but a currency that is half typed is still the one before: amounts are shown in that. */
  priced: Row;
  errors: Record<string, string>;
  /** What was refused without a field that shows it, or why nothing was sent at all. */
  problem: Problem | null;
  saving: boolean;
  dirty: boolean;
  /** When the draft was typed that this form began with. */
  restored: number | null;
  set: (path: string, value: unknown) => void;
  setAll: (values: Changes) => void;
  startOver: () => void;
  discard: () => void;
  /** Resolves with the record, or null when it was not saved. */
  save: () => Promise<Row | null>;
}

export function useFormState(kind: Kind, start: Row, name: string): FormState {
  const making = start.id === "";
  const [found] = useState(() => draftOf<Draft>(name));
  const [base, setBase] = useState(found?.base ?? start);
  const [{ row, priced }, setRows] = useState({ row: found?.row ?? start, priced: found?.priced ?? found?.row ?? start });
  const [restored, setRestored] = useState(found?.at ?? null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const under = useRef(false);
  const sent = useRef({ body: "", key: "" });
  const dirty = Object.keys(differing(base, row)).length > 0;

  const change = (made: (old: Row, priced: Row) => Row) =>
    setRows((old) => {
      const row = made(old.row, old.priced);
      const next = { row, priced: asBefore(kind, row, old.priced) };
      keepDraft(name, { base, ...next, at: Date.now() } satisfies Draft);
      return next;
    });

  const setAll = (values: Changes) => {
    const paths = pathsOf(values);
    setErrors((old) => Object.fromEntries(Object.entries(old).filter(([path]) => !paths.includes(path))));
    change((old) => ({ ...old, ...values }));
  };

  const set = (path: string, value: unknown) => {
    setErrors(({ [path]: _, ...rest }) => rest);
    change((old, before) => {
      const next = withValue(old, path, value);
      return isCurrency(fieldOf(kind, path)) ? applied(next, inCurrency(kind, before, path, value, getTenant().currency)) : next;
    });
  };

  const write = async (): Promise<Row | null> => {
    if (making) {
      const body = bodyOf(kind, row);
      const text = JSON.stringify(body);
      // The same once more, after a double click or a lost answer, is the same record.
      if (sent.current.body !== text) sent.current = { body: text, key: newKey() };
      return create(kind.name, body, sent.current.key);
    }
    const changes = differing(base, row);
    return pathsOf(changes).length ? update(kind.name, base, changes) : base;
  };

  const save = async (): Promise<Row | null> => {
    if (under.current) return null;
    under.current = true;
    setSaving(true);
    setProblem(null);
    setErrors({});
    try {
      const saved = await write();
      if (saved) dropDraft(name);
      return saved;
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setErrors(Object.fromEntries(refused.errors.map((error) => [pathOfPointer(error), error.message])));
      setProblem(refused);
      return null;
    } finally {
      under.current = false;
      setSaving(false);
    }
  };

  return {
    row, priced, errors, problem, saving, dirty, restored, set, setAll, save,
    startOver: () => {
      dropDraft(name);
      setBase(start);
      setRows({ row: start, priced: start });
      setRestored(null);
      setErrors({});
      setProblem(null);
    },
    discard: () => dropDraft(name),
  };
}

/** `/custom/stops` → `custom.stops`. */
export function pathOfPointer(error: FieldProblem): string {
  return error.pointer.replace(/^\//, "").replace("/", ".");
}
