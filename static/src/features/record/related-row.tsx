/** Another record in one line: what it is called, what tells it apart, where it stands. */
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { iconOf } from "../../kernel/kinds";
import { type Field, fieldOf, type Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { State, titleOf, Value } from "../../ui/value";

/** What tells records of one name apart, the first that a kind has. */
const SECOND = ["number", "serial", "job_title", "address", "sector", "trade", "email"];
/** What is said at the right, besides a state. */
const LAST = ["value", "due_at", "inspection_due", "valid_until", "expected_on", "phone", "quantity"];

export function RelatedRow({ kind, row }: { kind: Kind; row: Row }) {
  const first = (names: string[]): Field | undefined =>
    names.map((name) => fieldOf(kind, name)).find((field) => field && field.name !== kind.title && row[field.name]);
  const second = first(SECOND);
  const last = first(LAST);
  const state = fieldOf(kind, kind.states?.field ?? (kind.name === "certificates" ? "result" : "status"));
  return (
    <Link class="row-link" href={`/${kind.name}/${row.id}`}>
      <Icon name={iconOf(kind.name)} />
      <span class="grow">
        <b>{String(row[kind.title] ?? titleOf(row))}</b>
        {second && <small>{String(row[second.name]).split("\n")[0]}</small>}
      </span>
      {last && (
        <span class="row-last">
          {last.type === "date" && <span class="t12 muted desk">{last.label} </span>}
          <Value field={last} row={row} short />
        </span>
      )}
      {state && row[state.name] ? <State field={state} value={String(row[state.name])} /> : null}
    </Link>
  );
}
