/** The two plans of a work order: its steps, and how often it comes again. */
import { useState } from "preact/hooks";
import type { Field } from "../../kernel/schema";
import { words } from "../../words";
import { Button } from "../button";
import { Steps, type Step } from "./steps";

interface Props {
  id?: string;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
}

export interface Recurrence {
  every: number;
  unit: Unit;
  until?: string;
}

const UNITS = ["day", "week", "month", "year"] as const;
type Unit = (typeof UNITS)[number];

export function PlanInput(props: Props) {
  if (props.field.name === "checklist") {
    return <Steps id={props.id} steps={(props.value as Step[] | null) ?? []} onChange={(steps) => props.onChange(steps.length ? steps : null)} />;
  }
  if (props.field.name === "recurrence") return <RecurrenceInput {...props} />;
  return <Lines {...props} />;
}

/** Any other list: a line for each of its texts. */
function Lines({ id, field, value, onChange }: Props) {
  const given = Array.isArray(value) ? value.filter((one) => typeof one === "string").join("\n") : "";
  const [typed, setTyped] = useState(given);
  return (
    <textarea id={id} class="input" rows={4} aria-label={id ? undefined : field.label} value={typed}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        const lines = event.currentTarget.value.split("\n").map((line) => line.trim()).filter(Boolean);
        onChange(lines.length ? lines : null);
      }}
    />
  );
}

function RecurrenceInput({ id, value, onChange }: Props) {
  const plan = value as Recurrence | null;
  if (!plan) {
    return (
      <div>
        <Button id={id} icon="refresh" onClick={() => onChange({ every: 6, unit: "month" } satisfies Recurrence)}>
          {words.form.repeat}
        </Button>
      </div>
    );
  }
  const give = (part: Partial<Recurrence>) => onChange({ ...plan, ...part });
  return (
    <div class="recurrence">
      <span>{words.form.every}</span>
      <input id={id} class="input" type="number" min={1} max={1000} value={plan.every} aria-label={words.form.every}
        onInput={(event) => give({ every: Math.max(1, Math.round(Number(event.currentTarget.value)) || 1) })} />
      <select class="input" aria-label={words.form.unit} value={plan.unit} onChange={(event) => give({ unit: event.currentTarget.value as Unit })}>
        {UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {words.form.units[unit](plan.every)}
          </option>
        ))}
      </select>
      <span>{words.form.until}</span>
      <input class="input" type="date" aria-label={words.form.until} value={plan.until ?? ""}
        onInput={(event) => {
          const { until: _, ...rest } = plan;
          onChange(event.currentTarget.value ? { ...rest, until: event.currentTarget.value } : rest);
        }} />
      <Button look="quiet" icon="x" label={words.form.noRepeat} onClick={() => onChange(null)} />
    </div>
  );
}

/** `every 6 months, until 31 December 2030`. */
export function recurrenceText(plan: Recurrence, day: (value: string) => string): string {
  const often = words.form.often(plan.every, words.form.units[plan.unit](plan.every));
  return plan.until ? `${often}, ${words.form.until} ${day(plan.until)}` : often;
}
