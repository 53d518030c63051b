/** What a task, a note or a file is about: first the kind, then the record. */
import type { Row } from "../../kernel/api";
import { type Field, type Kind, may, useSchema } from "../../kernel/schema";
import { words } from "../../words";
import { ReferencePicker } from "./reference";

interface Props {
  /** The kind of the record that is being written. */
  kind: Kind;
  row: Row;
  onChange: (about: { about_kind: string | null; about_id: string | null }) => void;
  error?: string;
  form: string;
}

export function AboutRow({ kind, row, onChange, error, form }: Props) {
  const kinds = useSchema()?.kinds.filter((other) => other.about_it?.includes(kind.name) && may(other, "read")) ?? [];
  const chosen = (row.about_kind as string | null) ?? "";
  const id = (row.about_id as string | null) ?? null;
  const needed = kind.fields.some((field) => field.name === "about_id" && field.required);
  const field = { name: "about_id", label: words.form.aboutWhich, kind: chosen, type: "reference", required: needed } as Field;
  return (
    <div class="field" data-wide>
      <label class="label" for={`${form}-about-kind`}>
        {words.form.about}
        {needed && <span class="field-needed"> {words.form.required}</span>}
      </label>
      <div class="about">
        <select id={`${form}-about-kind`} class="input" value={chosen} onChange={(event) => onChange({ about_kind: event.currentTarget.value || null, about_id: null })}>
          <option value="">{words.form.aboutNothing}</option>
          {kinds.map((other) => (
            <option key={other.name} value={other.name}>
              {words.form.aboutA(other.one)}
            </option>
          ))}
        </select>
        {chosen && (
          <ReferencePicker key={chosen} field={field} value={id} row={row} invalid={error !== undefined} onChange={(value) => onChange({ about_kind: chosen, about_id: value as string | null })} />
        )}
      </div>
      {error && <p class="field-error">{error}</p>}
    </div>
  );
}
