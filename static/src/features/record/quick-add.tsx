/** Adds a small record without leaving the page: a few fields in a dialog. */
import { useId, useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { pathOf } from "../../kernel/changes";
import { newKey } from "../../kernel/ids";
import { fieldOf, type Field, type Kind } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { create, remove } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FieldRow } from "../../ui/edit/field-row";
import { words } from "../../words";
import { refusalOf } from "./inline";

interface Props {
  kind: Kind;
  title: string;
  fields: string[];
  given: Record<string, unknown>;
  onClose: () => void;
}

export default function QuickAdd({ kind, title, fields, given, onClose }: Props) {
  const asked = fields.map((name) => fieldOf(kind, name)).filter((field): field is Field => field !== undefined && !field.read_only);
  const defaults = Object.fromEntries(asked.filter((field) => field.default !== undefined).map((field) => [field.name, field.default]));
  const [row, setRow] = useState<Row>({ id: "", version: 0, ...defaults, ...given } as Row);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const key = useRef(newKey());
  const form = useId();
  const save = async () => {
    if (saving) return;
    setSaving(true);
    const { id: _, version: __, ...body } = row;
    // What the schema does not show this person may not be sent either.
    const known = Object.fromEntries(Object.entries(body).filter(([name]) => fieldOf(kind, name)));
    try {
      const made = await create(kind.name, known, key.current);
      toast(words.created(kind.one), { undo: () => void remove(kind.name, made) });
      onClose();
    } catch (refused) {
      if (refused instanceof Problem) setProblem(refused);
      setSaving(false);
    }
  };
  const errorOf = (field: Field) => problem?.errors.find((error) => error.pointer === `/${pathOf(field).replace(".", "/")}`)?.message;
  const unplaced = problem && !asked.some(errorOf) ? refusalOf(problem, "") : null;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="primary" disabled={saving} onClick={() => void save()}>
            {saving ? words.saving : words.save}
          </Button>
        </>
      }
    >
      <form
        class="quick"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
        }}
      >
        {asked.map((field) => (
          <FieldRow
            key={field.name}
            form={form}
            field={field}
            value={row[field.name]}
            row={row}
            error={errorOf(field)}
            onChange={(value) => {
              key.current = newKey();
              setRow((old) => ({ ...old, [field.name]: value }));
            }}
          />
        ))}
        {unplaced && (
          <p class="field-error" role="alert">
            {unplaced}
          </p>
        )}
        <button type="submit" class="hidden-visually" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
