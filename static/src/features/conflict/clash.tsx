/** One field that two people changed: both values side by side, and mine still open to change. */
import { useId, useState } from "preact/hooks";
import { pathOf, valueAt } from "../../kernel/changes";
import type { Row } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import { Button } from "../../ui/button";
import type { Step } from "../../ui/edit/steps";
import { FieldInput } from "../../ui/edit/input";
import { ReferenceLink } from "../../ui/reference-link";
import { PlainValue } from "../../ui/value";
import { words } from "../../words";

interface Props {
  field: Field;
  before: Row;
  /** The record with what this person wants. */
  mine: Row;
  theirs: Row;
  /** Who changed it, and when. */
  by?: string;
  theirsWins: boolean;
  onChoose: (theirs: boolean) => void;
  onEdit: (value: unknown) => void;
}

export function Clash({ field, before, mine, theirs, by, theirsWins, onChoose, onEdit }: Props) {
  const [editing, setEditing] = useState(false);
  const name = useId();
  return (
    <fieldset class="clash">
      <legend>{field.label}</legend>
      <p class="t12 muted clash-was">{words.conflict.was("")}<Said field={field} row={before} /></p>
      <div class="clash-sides">
        <label class={theirsWins ? "side" : "side picked"}>
          <input type="radio" name={name} checked={!theirsWins} onChange={() => onChoose(false)} />
          <span class="stack gap-1">
            <span class="t12 muted">{words.conflict.mine}</span>
            {!editing && <Said field={field} row={mine} />}
          </span>
        </label>
        <label class={theirsWins ? "side picked" : "side"}>
          <input type="radio" name={name} checked={theirsWins} onChange={() => onChoose(true)} />
          <span class="stack gap-1">
            <span class="t12 muted">{[words.conflict.theirs, by].filter(Boolean).join(": ")}</span>
            <Said field={field} row={theirs} />
          </span>
        </label>
      </div>
      {editing ? (
        <FieldInput field={{ ...field, label: words.conflict.editing(field.label) }} small value={valueAt(mine, pathOf(field))} row={mine} onChange={onEdit} />
      ) : (
        <Button look="quiet" small icon="pencil" class="clash-edit" onClick={() => setEditing(true)}>
          {words.conflict.edit}
        </Button>
      )}
    </fieldset>
  );
}

function Said({ field, row }: { field: Field; row: Row }) {
  const value = valueAt(row, pathOf(field));
  if (value === null || value === undefined || value === "") return <span class="dim">{words.conflict.nothing}</span>;
  if (field.type === "reference") return <ReferenceLink field={field} row={row} plain />;
  if (field.name === "checklist" && Array.isArray(value)) {
    return (
      <ul class="clash-steps">
        {(value as Step[]).map((step) => (
          <li key={step.text}>
            {step.done ? "☑" : "☐"} {step.text}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <span class="clash-text">
      <PlainValue field={field} row={row} />
    </span>
  );
}
