/** The parameters of a report. The address remembers those that are not as usual. */
import { useEffect, useState } from "preact/hooks";
import type { FieldProblem } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import { ReferencePicker, useLate } from "../../ui/edit/reference";
import { reportWords as words } from "../../words/reports";
import type { Parameter, Report } from "./api";

const TYPED_MS = 400;
const idOf = (parameter: Parameter): string => `report-${parameter.name}`;

interface Props {
  declared: Parameter[];
  given: Report["parameters"];
  asked: string;
  onChange: (query: string) => void;
  wrong: FieldProblem[];
}

export function Choices({ declared, given, asked, onChange, wrong }: Props) {
  const query = new URLSearchParams(asked);
  const set = (parameter: Parameter, value: string) => {
    const next = new URLSearchParams(asked);
    if (value === "" || value === parameter.default) next.delete(parameter.name);
    else next.set(parameter.name, value);
    onChange(next.toString());
  };
  return (
    <div class="report-choices" role="group" aria-label={words.choices}>
      {declared.map((parameter) => {
        // A word such as "quarter" is a day to the server, and a day to the field.
        const understood = given.find((one) => one.name === parameter.name)?.value;
        const raw = query.get(parameter.name);
        const value = (parameter.type === "day" && raw && !/^\d{4}-/.test(raw) ? understood : raw) ?? parameter.default ?? "";
        const refused = wrong.find((one) => one.pointer === `?${parameter.name}`);
        return (
          <div key={parameter.name} class="field">
            <label for={idOf(parameter)}>{parameter.title}</label>
            <Input parameter={parameter} value={value} onChange={(to) => set(parameter, to)} invalid={!!refused} />
          </div>
        );
      })}
    </div>
  );
}

interface InputProps {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
}

function Input({ parameter, value, onChange, invalid }: InputProps) {
  if (parameter.type === "choice") {
    return (
      <select id={idOf(parameter)} class="input" value={value} aria-invalid={invalid || undefined} onChange={(event) => onChange(event.currentTarget.value)}>
        {parameter.choices?.map((choice) => (
          <option key={choice.name} value={choice.name}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  }
  if (parameter.type === "day") {
    return <input id={idOf(parameter)} class="input" type="date" value={value} aria-invalid={invalid || undefined} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  if (parameter.type === "record") {
    const field = { name: parameter.name, label: parameter.title, type: "ref", kind: parameter.kind } as unknown as Field;
    return <ReferencePicker id={idOf(parameter)} field={field} value={value || null} onChange={(id) => onChange(typeof id === "string" ? id : "")} invalid={invalid} />;
  }
  return <Text parameter={parameter} value={value} onChange={onChange} invalid={invalid} />;
}

/** Typed text is asked for once the typing rests. */
function Text({ parameter, value, onChange, invalid }: InputProps) {
  const [typed, setTyped] = useState(value);
  const rested = useLate(typed, TYPED_MS);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (rested === typed && rested.trim() !== value) onChange(rested.trim());
  }, [rested]);
  return <input id={idOf(parameter)} class="input" placeholder={words.any} maxLength={200} value={typed} aria-invalid={invalid || undefined} onInput={(event) => setTyped(event.currentTarget.value)} />;
}
