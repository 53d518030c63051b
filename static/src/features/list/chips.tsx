/** The filters of a list as chips: each says what it does, opens to be changed, and can be taken away. */
import { useQuery } from "@tanstack/preact-query";
import { useRef, useState } from "preact/hooks";
import { get, type Row } from "../../kernel/api";
import { keys } from "../../kernel/query";
import { type Field, useKind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { Floating } from "../../ui/menu";
import { titleOf } from "../../ui/value";
import { words } from "../../words";
import type { Column } from "./columns";
import type { Clause, Filter, Term } from "./filters";
import { Editor } from "./rooms";
import { saysOf, valueSaid } from "./say";

interface Props {
  filter: Filter;
  fields: Column[];
  onChange: (filter: Filter) => void;
}

export function Chips({ filter, fields, onChange }: Props) {
  const replace = (at: number, clause: Clause | null) =>
    onChange({ ...filter, clauses: filter.clauses.flatMap((own, i) => (i === at ? (clause ? [clause] : []) : [own])) });
  return (
    <>
      {filter.clauses.map((clause, i) => (
        <Chip key={`${i}${JSON.stringify(clause)}`} clause={clause} fields={fields} onChange={(next) => replace(i, next)} />
      ))}
      {filter.raw !== null && (
        <span class="filter">
          <span>
            <b>{words.list.advanced}</b>
          </span>
          <button type="button" aria-label={words.list.takeAway(words.list.advanced)} onClick={() => onChange({ ...filter, raw: null })}>
            <Icon name="x" />
          </button>
        </span>
      )}
      <Add fields={fields} onAdd={(clause) => onChange({ ...filter, clauses: [...filter.clauses, clause] })} />
    </>
  );
}

function Chip({ clause, fields, onChange }: { clause: Clause; fields: Column[]; onChange: (clause: Clause | null) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const label = fields.find((f) => f.path === clause[0]?.path)?.field.label ?? clause[0]?.path ?? "";
  return (
    <span class="filter" ref={root}>
      <button type="button" class="filter-says" aria-haspopup="dialog" aria-expanded={open} title={words.list.change(label)} onClick={() => setOpen(!open)}>
        <Says clause={clause} fields={fields} />
      </button>
      <button type="button" aria-label={words.list.takeAway(label)} onClick={() => onChange(null)}>
        <Icon name="x" />
      </button>
      {open && (
        <Floating anchor={root.current} onClose={() => setOpen(false)}>
          <Editor
            fields={fields}
            clause={clause}
            onDone={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </Floating>
      )}
    </span>
  );
}

/** "Status is New or Priority is High". */
export function Says({ clause, fields }: { clause: Clause; fields: Column[] }) {
  return (
    <>
      {clause.map((term, i) => {
        const field = fields.find((f) => f.path === term.path)?.field;
        return (
          <span key={i}>
            {i > 0 && ` ${words.list.or} `}
            {field ? (
              <>
                {field.label} {saysOf(field, term)} <b>{valueSaid(field, term) ?? <Named field={field} term={term} />}</b>
              </>
            ) : (
              <>
                {term.path} <b>{term.value}</b>
              </>
            )}
          </span>
        );
      })}
    </>
  );
}

/** The title of the record that a condition names. */
function Named({ field, term }: { field: Field; term: Term }) {
  const kind = useKind(field.kind ?? "");
  const name = field.kind ?? "";
  const found = useQuery({
    queryKey: [...keys.record(name, term.value), "title"],
    queryFn: ({ signal }) => get<Row>(`${name}/${term.value}?fields=id,version,${kind?.title ?? "name"}`, signal),
    enabled: kind !== undefined,
    retry: false,
  });
  return <>{found.data ? titleOf(found.data) : "…"}</>;
}

function Add({ fields, onAdd }: { fields: Column[]; onAdd: (clause: Clause) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  return (
    <span class="menu-root" ref={root}>
      <button type="button" class="filter add" aria-haspopup="dialog" aria-expanded={open} data-add-filter onClick={() => setOpen(!open)}>
        <Icon name="plus" />
        {words.list.filter}
      </button>
      {open && (
        <Floating anchor={root.current} onClose={() => setOpen(false)}>
          <Editor
            fields={fields}
            clause={null}
            onDone={(clause) => {
              setOpen(false);
              if (clause) onAdd(clause);
            }}
          />
        </Floating>
      )}
    </span>
  );
}
