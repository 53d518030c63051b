/** Every value that could not be taken, how often it occurs, and what may be done about it. */
import { useState } from "preact/hooks";
import { number } from "../../kernel/format";
import { kindOf, type Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import type { Report, Trouble } from "./api";
import { fieldNamed, labelOf } from "./targets";
import type { Work } from "./use-import";

const SHOWN = 8;

export function Troubles({ work, kind, report }: { work: Work; kind: Kind; report: Report }) {
  const { rejected = 0, warnings = 0 } = report.dry_run ?? {};
  return (
    <>
      {rejected > 0 && (
        <Table work={work} kind={kind} title={words.imports.needLook(rejected)} how={words.imports.needLookHow} troubles={report.rejections} />
      )}
      {warnings > 0 && (
        <Table work={work} kind={kind} title={words.imports.leftEmpty(warnings)} how={words.imports.leftEmptyHow} troubles={report.warnings} />
      )}
    </>
  );
}

interface TableProps {
  work: Work;
  kind: Kind;
  title: string;
  how: string;
  troubles: Trouble[];
}

function Table({ work, kind, title, how, troubles }: TableProps) {
  const [only, setOnly] = useState<string | null>(null);
  const [most, setMost] = useState(SHOWN);
  const fields = new Map<string, number>();
  for (const one of troubles) if (one.field) fields.set(one.field, (fields.get(one.field) ?? 0) + one.count);
  const chosen = troubles.filter((one) => only === null || one.field === only).sort((a, b) => b.count - a.count);
  return (
    <section class="card troubles" aria-label={title}>
      <div class="card-head ruled">
        <h2>{title}</h2>
        {fields.size > 1 && (
          <div class="segment" role="group" aria-label={words.show}>
            <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>{words.imports.all}</button>
            {[...fields].map(([field, n]) => (
              <button key={field} type="button" aria-pressed={only === field} onClick={() => setOnly(field)}>{`${labelOf(kind, field)} ${number(n)}`}</button>
            ))}
          </div>
        )}
      </div>
      <p class="muted t13 pad-card">{how}</p>
      <div role="table" aria-label={title}>
        <div class="trouble-line columns-head" role="row">
          <span role="columnheader">{words.imports.row}</span>
          <span role="columnheader">{words.imports.column}</span>
          <span role="columnheader">{words.imports.value}</span>
          <span role="columnheader">{words.imports.wrong}</span>
        </div>
        {chosen.slice(0, most).map((one) => (
          <div key={`${one.field}${one.code}${one.value}`} class="trouble-line" role="row">
            <span class="dim" role="cell">
              {number(one.rows[0] ?? 0)}
              {one.count > 1 && <small class="block">{words.imports.andMore(one.count - 1)}</small>}
            </span>
            <span class="cut" role="cell">{work.found.columns.find((column) => column.field === one.field)?.name ?? ""}</span>
            <span class="cut" role="cell" title={one.value}>{one.value && <span class="bad">{one.value}</span>}</span>
            <span role="cell"><Wrong work={work} kind={kind} trouble={one} /></span>
          </div>
        ))}
      </div>
      {chosen.length > most && (
        <div class="columns-foot"><Button look="quiet" small onClick={() => setMost(most + 50)}>{words.imports.moreShown(Math.min(50, chosen.length - most))}</Button></div>
      )}
    </section>
  );
}

function Wrong({ work, kind, trouble }: { work: Work; kind: Kind; trouble: Trouble }) {
  const meant = trouble.near?.[0];
  const { aliases } = work.found.settings;
  return (
    <>
      {said(kind, trouble)}
      {meant && (
        <>
          {` ${words.imports.didYouMean(meant)} `}
          <button type="button" class="link" onClick={() => void work.edit({ aliases: [...aliases, { field: trouble.field, from: trouble.value, to: meant }] })}>
            {words.imports.useTimes(trouble.count)}
          </button>
        </>
      )}
    </>
  );
}

function said(kind: Kind, { code, field: name, message }: Trouble): string {
  const field = fieldNamed(kind, name);
  const what = words.imports.types[field?.type ?? ""];
  switch (code) {
    case "unknown_reference":
      return words.imports.unknownReference(kindOf(field?.kind ?? "")?.one ?? "");
    case "unknown_value":
      return words.imports.unknownValue(field?.label ?? name);
    case "unreadable":
      if (what && / is no /.test(message)) return field?.required ? words.imports.unreadableNeeded(what) : words.imports.unreadable(what);
      return sentence(message);
    default:
      return sentence(message);
  }
}

const sentence = (text: string): string => `${capital(text)}${/[.?!]$/.test(text) ? "" : "."}`;
