/** On a work order: the time that people spent and the parts that they used. */
import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Page, Row } from "../../kernel/api";
import { day, dayOf, minutes, money, number } from "../../kernel/format";
import { useNames } from "../../kernel/people";
import { usePart } from "../../kernel/pages";
import { type Kind, may, useKind } from "../../kernel/schema";
import { getCurrentUser, getTenant } from "../../kernel/session";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { type Related, relatedPart } from "../../kernel/record";

const QuickAdd = lazy(() => import("./quick-add"));

export function Work({ kind, row }: { kind: Kind; row: Row }) {
  const of = (name: string) => kind.related?.find((related) => related.kind === name && related.field === "work_order_id");
  const [time, parts] = [of("time-logs"), of("part-logs")];
  return (
    <>
      {time && <TimeCard related={time} id={row.id} />}
      {parts && <PartsCard related={parts} id={row.id} />}
    </>
  );
}

function TimeCard({ related, id }: { related: Related; id: string }) {
  const kind = useKind("time-logs");
  const names = useNames();
  const { data } = usePart<Page>(relatedPart(related, id), may(kind, "read"));
  if (!kind || !data) return null;
  const total = data.data.reduce((sum, log) => sum + Number(log.minutes ?? 0), 0);
  return (
    <LogCard
      kind={kind}
      title={words.record.time}
      note={total ? minutes(total) : ""}
      add={words.record.addTime}
      none={words.record.noTime}
      ask={["minutes", "user_id", "started_at", "billable", "description"]}
      given={{ work_order_id: id, user_id: getCurrentUser().id, started_at: null }}
      rows={data.data}
      line={(log) => (
        <>
          <span class="grow">
            <b>{names(log.user_id) ?? words.record.somebody}</b>
            {log.description ? <small>{String(log.description).split("\n")[0]}</small> : null}
          </span>
          {log.billable === false && <span class="t12 muted">{words.record.notBilled}</span>}
          {log.started_at ? <span class="t12 muted nowrap">{day(dayOf(String(log.started_at)))}</span> : null}
          <span class="nowrap amount">{log.minutes === null ? words.empty : minutes(Number(log.minutes))}</span>
        </>
      )}
    />
  );
}

function PartsCard({ related, id }: { related: Related; id: string }) {
  const kind = useKind("part-logs");
  const { data } = usePart<Page>(relatedPart(related, id), may(kind, "read"));
  if (!kind || !data) return null;
  const cost = (log: Row) => (log.price === null || log.price === undefined ? null : Number(log.price) * Number(log.quantity ?? 1));
  const own = getTenant().currency;
  // Sums of several currencies mean nothing: only when all are the tenant's own.
  const plain = data.data.every((log) => (log.currency ?? own) === own);
  const total = data.data.reduce((sum, log) => sum + (cost(log) ?? 0), 0);
  return (
    <LogCard
      kind={kind}
      title={words.record.parts}
      note={plain && total ? money(total, own) : ""}
      add={words.record.addPart}
      none={words.record.noParts}
      ask={["stock_item_id", "description", "quantity", "price"]}
      given={{ work_order_id: id, quantity: 1 }}
      rows={data.data}
      line={(log) => (
        <>
          <span class="grow">
            <b>{log.description ? String(log.description) : words.empty}</b>
          </span>
          <span class="muted nowrap">{number(Number(log.quantity ?? 1))} ×</span>
          <span class="nowrap amount">{cost(log) === null ? words.empty : money(Number(log.price), String(log.currency ?? own))}</span>
        </>
      )}
    />
  );
}

interface LogProps {
  kind: Kind;
  title: string;
  note: string;
  add: string;
  none: string;
  ask: string[];
  given: Record<string, unknown>;
  rows: Row[];
  line: (row: Row) => preact.ComponentChildren;
}

function LogCard({ kind, title, note, add, none, ask, given, rows, line }: LogProps) {
  const [adding, setAdding] = useState(false);
  const allowed = may(kind, "create");
  if (rows.length === 0 && !allowed) return null;
  return (
    <section class={rows.length ? "card o4" : "card o4 is-empty"} aria-label={title}>
      <div class="card-head">
        <h2>{title}</h2>
        <span class="t13 muted">{rows.length ? note : none}</span>
        {allowed && (
          <div class="end">
            <Button look="quiet" small icon="plus" label={add} onClick={() => setAdding(true)} />
          </div>
        )}
      </div>
      {rows.length > 0 && (
        <ul class="rows eqs">
          {rows.map((row) => (
            <li key={row.id}>
              <Link class="row-link" href={`/${kind.name}/${row.id}`}>
                {line(row)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <Suspense fallback={null}>
          <QuickAdd kind={kind} title={add} fields={ask} given={given} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </section>
  );
}
