/** Makes or changes a filter: which field, what about it, which value, and what else would do. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button";
import { words } from "../../words";
import type { Column } from "./columns";
import type { Clause, Term } from "./filters";
import { asksFor } from "./say";
import { TermEditor } from "./term";

interface Props {
  fields: Column[];
  clause: Clause | null;
  onDone: (clause: Clause | null) => void;
}

export default function Editor({ fields, clause, onDone }: Props) {
  const [terms, setTerms] = useState<Clause>(clause ?? []);
  const [choosing, setChoosing] = useState(clause === null);
  if (choosing) {
    return (
      <FieldList
        fields={fields}
        onPick={(column) => {
          setTerms([...terms, firstTerm(column)]);
          setChoosing(false);
        }}
      />
    );
  }
  const whole = terms.filter((term) => term.value !== "");
  return (
    <form
      class="filter-editor"
      aria-label={words.list.filter}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(whole.length > 0 ? whole : null);
      }}
    >
      {terms.map((term, i) => {
        const column = fields.find((f) => f.path === term.path);
        return (
          column && (
            <TermEditor
              key={`${i}${term.path}`}
              field={column.field}
              term={term}
              first={i === 0}
              onChange={(next) => setTerms(terms.map((own, at) => (at === i ? next : own)))}
              onDrop={terms.length > 1 ? () => setTerms(terms.filter((_, at) => at !== i)) : undefined}
            />
          )
        );
      })}
      <div class="flex between">
        <Button look="quiet" small icon="plus" onClick={() => setChoosing(true)}>
          {words.list.addOr}
        </Button>
        <Button type="submit" small disabled={whole.length === 0}>
          {words.list.apply}
        </Button>
      </div>
    </form>
  );
}

function firstTerm({ path, field }: Column): Term {
  const ask = asksFor(field)[0] ?? "eq";
  const value = field.type === "bool" ? "true" : field.type === "date" || field.type === "time" ? "today+30" : "";
  return { path, op: ask === "notNull" ? "null" : ask, value };
}

function FieldList({ fields, onPick }: { fields: Column[]; onPick: (column: Column) => void }) {
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const fit = fields.filter(({ field }) => field.label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <form
      class="field-list"
      onSubmit={(event) => {
        event.preventDefault();
        if (fit[0]) onPick(fit[0]);
      }}
    >
      <input ref={input} class="input small" type="search" value={typed} placeholder={words.list.findField} aria-label={words.list.findField} onInput={(event) => setTyped(event.currentTarget.value)} />
      <ul class="menu">
        {fit.map((column) => (
          <li key={column.path}>
            <button type="button" onClick={() => onPick(column)}>
              <span class="grow">{column.field.label}</span>
            </button>
          </li>
        ))}
      </ul>
      {fit.length === 0 && <p class="muted t13 pad">{words.list.notThere}</p>}
    </form>
  );
}
