/** A look at a record without leaving the list. */
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { openPage, type Part, usePart } from "../../kernel/pages";
import { type Related, recordPart, relatedOf, relatedPart } from "../../kernel/record";
import { SETTLED } from "../../kernel/kinds";
import { type Field, fieldsOf, type Kind, may, type Schema } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Failed, Skeleton } from "../../ui/state";
import { State, titleOf, Value, valueOf } from "../../ui/value";
import { words } from "../../words";

const FACTS = 10;
const JOBS = 3;
/** Who runs through a list is not held up by every record on the way. */
const REST_MS = 140;

interface Props {
  kind: Kind;
  schema: Schema;
  id: string;
  /** What the list already knows. */
  row: Row;
  at: string;
  onMove: (by: number) => void;
  onClose: () => void;
}

export default function Peek({ kind, schema, id, row, at, onMove, onClose }: Props) {
  const [rested, setRested] = useState(id);
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST_MS);
    return () => clearTimeout(timer);
  }, [id]);
  const href = `/${kind.name}/${id}`;
  const title = titleOf(row);
  const p = words.list.peek;
  return (
    <aside class="peek desk" aria-label={title}>
      <div class="peek-head">
        <span class="grow">{at}</span>
        <Button look="quiet" small icon="up" label={p.previous} onClick={() => onMove(-1)} />
        <Button look="quiet" small icon="down" label={p.next} onClick={() => onMove(1)} />
        <Link class="btn icon small quiet" href={href} aria-label={p.open} title={p.open}>
          <Icon name="open" />
        </Link>
        <Button look="quiet" small icon="x" label={words.close} onClick={onClose} />
      </div>
      <div class="peek-body">
        {rested === id ? <Body key={id} kind={kind} schema={schema} id={id} row={row} /> : <Top kind={kind} row={row} />}
      </div>
      <div class="peek-foot">
        {may(kind, "update") && (
          <Link class="btn small" href={`${href}/edit`}>
            <Icon name="pencil" />
            {p.edit}
          </Link>
        )}
        <span class="end t12 muted">
          <kbd>Enter</kbd> {p.opensIt}
        </span>
      </div>
    </aside>
  );
}

function Top({ kind, row }: { kind: Kind; row: Row }) {
  const state = kind.fields.find((f) => f.name === kind.states?.field);
  const value = state && row[state.name];
  return (
    <>
      <div>
        <h2>{titleOf(row)}</h2>
      </div>
      {state && typeof value === "string" && (
        <div class="flex">
          <State field={state} value={value} />
        </div>
      )}
    </>
  );
}

function Body({ kind, schema, id, row }: { kind: Kind; schema: Schema; id: string; row: Row }) {
  const part = recordPart(schema, kind, id);
  const related = relatedOf(schema, kind).filter((one) => schema.kinds.some((k) => k.name === one.kind && k.states));
  useState(() => openPage("record", { kind: kind.name, id }, [part, ...related.map((one) => relatedPart(one, id) as Part)]));
  const { data, error, refetch } = usePart(part);
  if (error) return <Failed problem={error} onRetry={() => void refetch()} />;
  const whole = data ?? row;
  return (
    <>
      <Top kind={kind} row={whole} />
      {data ? <Facts kind={kind} row={data} /> : <Skeleton rows={6} />}
      {related.map((one) => (
        <Jobs key={one.kind + one.field} schema={schema} related={one} id={id} />
      ))}
    </>
  );
}

/** Not what only a map can read. */
const told = (field: Field): boolean => !["json", "long_text"].includes(field.type) && !field.protected && field.name !== "lat" && field.name !== "lng";

function Facts({ kind, row }: { kind: Kind; row: Row }) {
  const fields = fieldsOf(kind).filter((field) => {
    const value = valueOf(row, field);
    return told(field) && field.name !== kind.title && field.name !== kind.states?.field && value !== null && value !== undefined && value !== "";
  });
  return (
    <dl class="facts one">
      {fields.slice(0, FACTS).map((field) => (
        <div class="fact" key={field.name}>
          <dt class="cut">{field.label}</dt>
          <dd>
            <Value field={field} row={row} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is still to be done about it. */
function Jobs({ schema, related, id }: { schema: Schema; related: Related; id: string }) {
  const kind = schema.kinds.find((k) => k.name === related.kind) as Kind;
  const { data } = usePart(relatedPart(related, id));
  const field = kind.fields.find((f) => f.name === kind.states?.field);
  const all = data?.data ?? [];
  const open = all.filter((row) => !SETTLED.has(String(row[field?.name ?? ""]))).slice(0, JOBS);
  if (!field || all.length === 0) return null;
  const shown = open.length > 0 ? open : all.slice(0, 1);
  return (
    <section class="stack">
      <h3>{open.length > 0 ? words.list.peek.openNow(related.label) : words.list.peek.last(related.label)}</h3>
      {shown.map((row) => (
        <Link key={row.id} class="job" href={`/${kind.name}/${row.id}`}>
          {kind.title !== "number" && typeof row.number === "string" && <span class="muted t12">{row.number}</span>}
          <b class="cut">{titleOf(row)}</b>
          <span class="flex">
            <State field={field} value={String(row[field.name])} />
          </span>
        </Link>
      ))}
    </section>
  );
}
