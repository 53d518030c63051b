/** Makes or changes one record of a small kind, in a dialog. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { type Field, fieldOf, type Kind } from "../../kernel/schema";
import { type Changes, create, update } from "../../kernel/writes";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FieldInput } from "../../ui/edit/input";
import { words } from "../../words";

/** An input of the caller's own; `now` is everything that is chosen so far. */
export type OwnInput = (value: unknown, change: (value: unknown) => void, now: Changes) => ComponentChildren;

interface Props {
  kind: Kind;
  /** The record; null for a new one. */
  row: Row | null;
  title: string;
  fields: string[];
  /** What a new record begins with, or what is added before it is sent. */
  begin?: Changes;
  complete?: (changes: Changes) => Changes;
  save?: string;
  /** Inputs of the caller's own, by field. */
  inputs?: Record<string, OwnInput>;
  onClose: () => void;
  onSaved?: (row: Row) => void;
}

export function EditDialog({ kind, row, title, fields, begin = {}, complete, save, inputs, onClose, onSaved }: Props) {
  const [changes, setChanges] = useState<Changes>(row ? {} : begin);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = fields.map((name) => fieldOf(kind, name)).filter((field): field is Field => field !== undefined);
  const valueOf = (name: string) => (name in changes ? changes[name] : row?.[name]);

  const send = async () => {
    setBusy(true);
    try {
      const body = complete ? complete(changes) : changes;
      const saved = row ? (Object.keys(body).length ? await update(kind.name, row, body) : row) : await create(kind.name, body);
      if (!row && !onSaved) toast(words.created(kind.one));
      onClose();
      if (saved) onSaved?.(saved);
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused);
      setBusy(false);
    }
  };
  const errorOf = (name: string) => problem?.errors.find((error) => error.pointer.replace(/^\//, "") === name)?.message;
  const general = problem && !shown.some((field) => errorOf(field.name)) ? (problem.errors[0]?.message ?? problem.message) : null;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="primary" type="submit" form="edit-one" disabled={busy}>{save ?? words.save}</Button>
        </>
      }
    >
      <form
        id="edit-one"
        class="stack gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {general && <p class="note-danger" role="alert">{general}</p>}
        {shown.map((field, i) => {
          const change = (value: unknown) => setChanges({ ...changes, [field.name]: value });
          const id = `edit-${field.name}`;
          const error = errorOf(field.name);
          if (inputs?.[field.name]) return <div key={field.name}>{inputs[field.name]?.(valueOf(field.name), change, { ...row, ...changes })}{error && <p class="field-error" role="alert">{error}</p>}</div>;
          if (field.type === "bool") return <Tick key={field.name} label={field.label} value={valueOf(field.name) ?? field.default} onChange={change} />;
          return (
            <div key={field.name} class="stack gap-1">
              <label class="label" for={id}>
                {field.label}
                {field.required && <span class="muted">{` ${words.form.required}`}</span>}
              </label>
              <FieldInput field={field} id={id} value={valueOf(field.name) ?? (row ? null : field.default)} row={{ id: "", version: 0, ...row, ...changes } as Row} autofocus={i === 0} invalid={!!error} describedBy={error ? `${id}-error` : undefined} onChange={change} />
              {error && <p class="field-error" id={`${id}-error`} role="alert">{error}</p>}
            </div>
          );
        })}
      </form>
    </Dialog>
  );
}

export function Tick({ label, hint, value, onChange }: { label: string; hint?: string; value: unknown; onChange: (value: boolean) => void }) {
  return (
    <label class="tickline">
      <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      {hint ? (
        <span>
          {label}
          <small class="muted t12">{hint}</small>
        </span>
      ) : (
        label
      )}
    </label>
  );
}
