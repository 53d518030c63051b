/** One field of a form: its label, its input, and what is wrong with it. */
import type { Field } from "../../kernel/schema";
import type { Row } from "../../kernel/api";
import { pathOf } from "../../kernel/changes";
import { words } from "../../words";
import { Icon } from "../icon";
import { FieldInput } from "./input";

interface Props {
  field: Field;
  value: unknown;
  /** The record as it stands in the form, for what a value depends on. */
  row: Row;
  error?: string;
  /** What its label alone does not say. */
  hint?: string;
  onChange: (value: unknown) => void;
  /** What the ids on this page begin with. */
  form: string;
}

export const fieldId = (form: string, path: string): string => `${form}-${path.replaceAll(".", "-")}`;

export function FieldRow({ field, value, row, error, hint, onChange, form }: Props) {
  const id = fieldId(form, pathOf(field));
  return (
    <div class="field" data-wide={field.name === "title" || field.type === "long_text" || field.type === "json" || undefined}>
      <label class="label" for={id}>
        {field.label}
        {field.required && <span class="field-needed"> {words.form.required}</span>}
        {field.protected && (
          <span class="field-lock" title={words.form.protected}>
            <Icon name="lock" />
          </span>
        )}
      </label>
      <FieldInput
        id={id}
        field={field}
        value={value}
        row={row}
        onChange={onChange}
        invalid={error !== undefined}
        describedBy={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
      />
      {hint && !error && (
        <p class="muted t12" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
