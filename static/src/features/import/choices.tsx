/** Words of the file that stand for one of the choices here: `WK IN PROG` is in work. */
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import { choiceLabel } from "../../ui/value";
import type { Trouble } from "./api";
import { fieldNamed } from "./targets";
import type { Work } from "./use-import";

interface Line {
  value: string;
  count: number | null;
  to: string;
}

export function Choices({ work, kind }: { work: Work; kind: Kind }) {
  const unknown = (work.checked?.report.rejections ?? []).filter((one) => one.code === "unknown_value");
  const chosen = work.found.settings.aliases.filter((alias) => fieldNamed(kind, alias.field)?.type === "choice");
  const fields = [...new Set([...chosen, ...unknown].map((one) => one.field))];
  return (
    <>
      {fields.map((field) => (
        <OfField key={field} work={work} kind={kind} field={field} unknown={unknown.filter((one) => one.field === field)} />
      ))}
    </>
  );
}

function OfField({ work, kind, field: name, unknown }: { work: Work; kind: Kind; field: string; unknown: Trouble[] }) {
  const field = fieldNamed(kind, name);
  const { aliases } = work.found.settings;
  const values = work.found.columns.find((column) => column.field === name)?.values ?? {};
  const lines: Line[] = [
    ...aliases.filter((alias) => alias.field === name).map((alias) => ({ value: alias.from, count: values[alias.from] ?? null, to: alias.to })),
    ...unknown.filter((one) => !aliases.some((alias) => alias.field === name && alias.from === one.value)).map((one) => ({ value: one.value, count: one.count, to: "" })),
  ].sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  if (!field) return null;
  const settle = (value: string, to: string) => {
    const others = aliases.filter((alias) => !(alias.field === name && alias.from === value));
    void work.edit({ aliases: to ? [...others, { field: name, from: value, to }] : others });
  };
  return (
    <section class="card" aria-label={words.imports.choices(field.label)}>
      <div class="card-head"><h2>{words.imports.choices(field.label)}</h2></div>
      <p class="muted t13 pad-card top0">{words.imports.choicesHow}</p>
      {lines.slice(0, 60).map(({ value, count, to }) => (
        <label key={value} class="alias choice">
          <span class="pair">
            <span><b>{value}</b></span>
            {count !== null && <em>{words.imports.needLookRows(count)}</em>}
          </span>
          <select class="input small" aria-label={words.imports.meaning(value)} value={to} onChange={(event) => settle(value, event.currentTarget.value)}>
            <option value="">{words.imports.stayOut}</option>
            {field.choices?.map((choice) => (
              <option key={choice.name} value={choice.name}>{choiceLabel(field, choice.name)}</option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}
