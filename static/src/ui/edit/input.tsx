/** The input that fits a field: one switch for forms, inline edits, filters and bulk changes. */
import { dayOf, places } from "../../kernel/format";
import type { Row } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { words } from "../../words";
import { choiceLabel } from "../value";
import { PlanInput } from "./plan";
import { ReferencePicker } from "./reference";

export interface InputProps {
  field: Field;
  id?: string;
  value: unknown;
  /** The record, for what a value depends on: a currency, an expanded reference. */
  row?: Row;
  onChange: (value: unknown) => void;
  small?: boolean;
  autofocus?: boolean;
  invalid?: boolean;
  describedBy?: string;
  disabled?: boolean;
}

const KEYBOARDS: Record<string, string> = { email: "email", phone: "tel", url: "url" };

export function FieldInput({ field, value, row, onChange, small, invalid, describedBy, ...rest }: InputProps) {
  const shared = {
    ...rest,
    class: small ? "input small" : "input",
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy,
    "aria-label": rest.id ? undefined : field.label,
  };
  const text = value === null || value === undefined ? "" : String(value);
  const given = (typed: string) => onChange(typed === "" ? null : typed);
  // A text with choices is one of the tenant's own fields: it is chosen, not typed.
  switch (field.choices?.length ? "choice" : field.type) {
    case "reference":
      return <ReferencePicker {...rest} field={field} value={text || null} row={row} onChange={onChange} small={small} invalid={invalid} describedBy={describedBy} />;
    case "choice":
      return (
        <select {...shared} value={text} onChange={(event) => given(event.currentTarget.value)}>
          {(!field.required || !text) && <option value="">{words.form.choose}</option>}
          {field.choices?.map((choice) => (
            <option key={choice.name} value={choice.name}>
              {choiceLabel(field, choice.name)}
            </option>
          ))}
        </select>
      );
    case "bool":
      return (
        <select {...shared} value={value === null || value === undefined ? "" : String(value)} onChange={(event) => onChange(event.currentTarget.value === "" ? null : event.currentTarget.value === "true")}>
          {!field.required && <option value="">{words.form.choose}</option>}
          <option value="true">{words.yes}</option>
          <option value="false">{words.no}</option>
        </select>
      );
    case "long_text":
      return <textarea {...shared} rows={4} maxLength={field.max_length} value={text} onInput={(event) => given(event.currentTarget.value)} />;
    case "money": {
      const currency = String(row?.[field.currency_field ?? "currency"] ?? getTenant().currency);
      const scale = 10 ** places(currency);
      return (
        <span class={small ? "input small with-unit" : "input with-unit"}>
          <span class="muted">{currency}</span>
          <input {...rest} aria-invalid={invalid || undefined} aria-describedby={describedBy} aria-label={shared["aria-label"]} type="number" inputMode="decimal" step={1 / scale} value={text === "" ? "" : Number(text) / scale}
            onInput={(event) => onChange(event.currentTarget.value === "" ? null : Math.round(Number(event.currentTarget.value) * scale))} />
        </span>
      );
    }
    case "int":
    case "real":
      return <input {...shared} type="number" inputMode={field.type === "int" ? "numeric" : "decimal"} step={field.type === "int" ? 1 : "any"} min={field.least} max={field.most} value={text}
          onInput={(event) => onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))} />;
    case "date":
      return <input {...shared} type="date" value={text.slice(0, 10)} onInput={(event) => given(event.currentTarget.value)} />;
    case "time":
      return <input {...shared} type="datetime-local" value={local(text)} onInput={(event) => given(event.currentTarget.value && new Date(event.currentTarget.value).toISOString())} />;
    case "json":
      return <PlanInput {...shared} field={field} value={value} onChange={onChange} />;
    default:
      return <input {...shared} type={field.type in KEYBOARDS ? KEYBOARDS[field.type] : "text"} maxLength={field.max_length} value={text} onInput={(event) => given(event.currentTarget.value)} />;
  }
}

/** `2026-11-21T14:05`, as the browser's own control wants it. */
function local(value: string): string {
  if (!value) return "";
  const at = new Date(value);
  const two = (n: number) => String(n).padStart(2, "0");
  return Number.isNaN(at.getTime()) ? dayOf(Date.now()) : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
