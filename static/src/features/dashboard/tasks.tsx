/** My tasks. A tick counts at once; until the next reading the task stays, struck through, with a way back. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { clock, dayOf, daysUntil, moment, nearDay } from "../../kernel/format";
import { may, useKind } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { dashboardWords } from "../../words/dashboard";
import { countOf, listOf, rowsOf, type Tile } from "./shape";

const SHOWN = 8;
const say = dashboardWords.tasks;

export function Tasks({ tile }: { tile: Tile }) {
  const kind = useKind(tile.kind);
  const [ticked, setTicked] = useState<Row[]>([]);
  const forget = (id: string) => setTicked((rows) => rows.filter((row) => row.id !== id));
  const reopen = async (before: Row, saved: Row) => {
    forget(before.id);
    await update(tile.kind, saved, { status: before.status }, true).catch(() => null);
  };
  const tick = async (row: Row) => {
    setTicked((rows) => [...rows, row]);
    const saved = await update(tile.kind, row, { status: "done" }, true).catch(() => null);
    if (!saved) return forget(row.id);
    // The row as it was, with the version that the way back has to name.
    setTicked((rows) => rows.map((other) => (other.id === row.id ? { ...row, version: saved.version } : other)));
    toast(say.done(String(row.title)), { undo: () => void reopen(row, saved) });
  };
  const open = (rowsOf(tile) ?? []).filter((row) => !ticked.some((other) => other.id === row.id)).slice(0, Math.max(1, SHOWN - ticked.length));
  return (
    <section class="card tasks" aria-label={say.title}>
      <div class="card-head ruled">
        <h2>{say.title}</h2>
        <div class="end">
          {countOf(tile) > open.length && (
            <Link class="more" href={listOf(tile, "sort=due_at")}>
              {dashboardWords.all(String(countOf(tile)))}
              <Icon name="right" />
            </Link>
          )}
          {may(kind, "create") && (
            <Link class="btn icon small quiet" href={`/${tile.kind}/new`} aria-label={say.add} title={say.add}>
              <Icon name="plus" />
            </Link>
          )}
        </div>
      </div>
      {open.length + ticked.length === 0 ? (
        <p class="muted t13 none-here">{say.none}</p>
      ) : (
        <ul class="rows">
          {open.map((row) => (
            <li key={row.id}>
              {may(kind, "update") && <button type="button" class="task-tick" role="checkbox" aria-checked="false" aria-label={say.tick(String(row.title))} onClick={() => void tick(row)}><span class="check" /></button>}
              <Link class="grow plain" href={`/${tile.kind}/${row.id}`}>
                {String(row.title)}
              </Link>
              <When at={row.due_at as string | null} />
            </li>
          ))}
          {ticked.map((row) => (
            <li key={row.id}>
              <span class="task-tick">
                <span class="check" role="checkbox" aria-checked="true" aria-disabled="true" aria-label={say.doneLabel(String(row.title))}>
                  <Icon name="check" />
                </span>
              </span>
              <s class="grow">{String(row.title)}</s>
              <button type="button" class="link t12 undo" onClick={() => void reopen(row, row)}>
                {words.undo}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function When({ at }: { at: string | null }) {
  if (!at) return null;
  const days = daysUntil(dayOf(at));
  const late = Date.parse(at) < Date.now();
  return (
    <time class={late ? "when due-late" : "when"} dateTime={at} title={moment(at)}>
      {days === 0 ? `${nearDay(dayOf(at))}, ${clock(at)}` : nearDay(dayOf(at))}
    </time>
  );
}
