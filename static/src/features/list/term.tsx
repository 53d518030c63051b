/** One condition of a filter. */
import { useId, useState } from "preact/hooks";
import type { Field } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { Button } from "../../ui/button";
import { FieldInput } from "../../ui/edit/input";
import { choiceLabel } from "../../ui/value";
import { words } from "../../words";
import type { Term } from "./filters";
import { type Ask, askLabel, askOf, asksFor, isText } from "./say";

interface Props {
  field: Field;
  term: Term;
  first: boolean;
  onChange: (term: Term) => void;
  onDrop?: () => void;
}

export function TermEditor({ field, term, first, onChange, onDrop }: Props) {
  const name = useId();
  // What stands in the address by hand is kept among the choices.
  const asks = [...new Set([...asksFor(field), askOf(term)])];
  const ask = (next: Ask) => {
    if (next === "null" || next === "notNull") return onChange({ ...term, op: "null", value: String(next === "null") });
    const fresh = term.op === "null" || (term.op === "in" && next !== "in");
    onChange({ ...term, op: next, value: fresh ? (term.value.split(",")[0] ?? "").replace(/^(true|false)$/, "") : term.value });
  };
  return (
    <fieldset class="term" aria-labelledby={name}>
      <div class="flex">
        <b id={name} class="t13">
          {!first && <span class="muted">{words.list.or} </span>}
          {field.label}
        </b>
        <select class="input small" aria-label={words.list.condition} value={askOf(term)} onChange={(event) => ask(event.currentTarget.value as Ask)}>
          {asks.map((one) => (
            <option key={one} value={one}>
              {askLabel(field, one)}
            </option>
          ))}
        </select>
        {onDrop && <Button look="quiet" small icon="x" label={words.list.takeAway(field.label)} onClick={onDrop} />}
      </div>
      {term.op !== "null" && <TermValue field={field} term={term} onChange={(value) => onChange({ ...term, value })} />}
    </fieldset>
  );
}

function TermValue({ field, term, onChange }: { field: Field; term: Term; onChange: (value: string) => void }) {
  if (field.choices?.length && term.op === "in") return <Ticks field={field} value={term.value} onChange={onChange} />;
  if (field.type === "date" || field.type === "time") return <DayValue field={field} value={term.value} onChange={onChange} />;
  if (field.type === "reference" && field.kind === "users") return <PersonValue field={field} value={term.value} onChange={onChange} />;
  if (isText(field)) return <input class="input small" aria-label={words.list.value} value={term.value} onInput={(event) => onChange(event.currentTarget.value)} />;
  const typed = field.type === "bool" ? term.value === "true" : term.value === "" ? null : term.value;
  // Whatever the record needs, a condition may ask for any value.
  return <FieldInput field={{ ...field, required: field.type === "bool", label: words.list.value }} value={typed} small onChange={(value) => onChange(value === null ? "" : String(value))} />;
}

function Ticks({ field, value, onChange }: { field: Field; value: string; onChange: (value: string) => void }) {
  const chosen = value ? value.split(",") : [];
  return (
    <ul class="ticks">
      {field.choices?.map(({ name }) => (
        <li key={name}>
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) => onChange((event.currentTarget.checked ? [...chosen, name] : chosen.filter((own) => own !== name)).join(","))}
            />
            {choiceLabel(field, name)}
          </label>
        </li>
      ))}
    </ul>
  );
}

/** A day relative to today, which a saved view needs, or a certain one. */
function DayValue({ field, value, onChange }: { field: Field; value: string; onChange: (value: string) => void }) {
  const known = Object.keys(words.list.days).filter((name) => field.type === "time" || name !== "now");
  const [exact, setExact] = useState(value !== "" && !known.includes(value) && !value.startsWith("today"));
  const all = exact || known.includes(value) || value === "" ? known : [...known, value];
  return (
    <div class="flex">
      <select
        class="input small"
        aria-label={words.list.value}
        value={exact ? "exact" : value}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setExact(next === "exact");
          onChange(next === "exact" ? "" : next);
        }}
      >
        {all.map((name) => (
          <option key={name} value={name}>
            {words.list.days[name] ?? words.list.inDays(Number(name.slice(5)))}
          </option>
        ))}
        <option value="exact">{words.list.exactDay}</option>
      </select>
      {exact && <input class="input small" type="date" aria-label={words.list.value} value={value.slice(0, 10)} onInput={(event) => onChange(event.currentTarget.value)} />}
    </div>
  );
}

/** A colleague, or oneself, whoever that is: a shared view then shows each their own. */
function PersonValue({ field, value, onChange }: { field: Field; value: string; onChange: (value: string) => void }) {
  const mine = value === "me";
  return (
    <div class="flex">
      <button type="button" class={mine ? "btn small is-on" : "btn small"} aria-pressed={mine} onClick={() => onChange(mine ? "" : "me")}>
        {session.value?.user.name} ({words.list.me})
      </button>
      {!mine && <FieldInput field={{ ...field, label: words.list.value }} value={value || null} small onChange={(id) => onChange(id === null ? "" : String(id))} />}
    </div>
  );
}
