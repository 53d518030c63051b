/** What is to be done about this record. */
import { Link } from "wouter-preact";
import type { Page, Row } from "../../kernel/api";
import { useNames } from "../../kernel/people";
import { usePart } from "../../kernel/pages";
import { fieldOf, type Kind, may, useKind } from "../../kernel/schema";
import { update } from "../../kernel/writes";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { titleOf, Value } from "../../ui/value";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { aboutPart } from "./api";

export function Tasks({ kind, row }: { kind: Kind; row: Row }) {
  const tasks = useKind("tasks");
  const names = useNames();
  const shown = kind.about_it?.includes("tasks") === true && may(tasks, "read");
  const { data } = usePart<Page>(aboutPart("tasks", kind.name, row.id), shown);
  if (!shown || !tasks || !data) return null;
  const add = may(tasks, "create");
  if (data.data.length === 0 && !add) return null;
  const due = fieldOf(tasks, "due_at");
  // Open ones first, each group by its date as it came.
  const sorted = [...data.data].sort((a, b) => Number(a.status === "done") - Number(b.status === "done"));
  return (
    <section class={sorted.length ? "card o5" : "card o5 is-empty"} aria-label={words.record.tasks}>
      <div class="card-head">
        <h2>{capital(tasks.many)}</h2>
        <span class="t13 muted">{sorted.length || words.record.alsoHere}</span>
        {add && (
          <div class="end">
            <Link class="btn icon small quiet" href={`/tasks/new?about_kind=${kind.name}&about_id=${row.id}`} aria-label={words.record.addOne(tasks.one)} title={words.record.addOne(tasks.one)}>
              <Icon name="plus" />
            </Link>
          </div>
        )}
      </div>
      {sorted.length > 0 && (
        <ul class="rows eqs">
          {sorted.map((task) => {
            const done = task.status === "done";
            const who = names(task.assignee_id);
            return (
              <li key={task.id} class="task-row">
                <button type="button" class="step-tick" role="checkbox" aria-checked={done} aria-label={words.record.tickTask(titleOf(task))} disabled={!may(tasks, "update")}
                  onClick={() => void update("tasks", task, { status: done ? "pending" : "done" }).catch(() => {})}>
                  <span class={done ? "check done" : "check"}>
                    <Icon name="check" />
                  </span>
                </button>
                <Link class="row-link" href={`/tasks/${task.id}`}>
                  <span class={done ? "grow done-text" : "grow"}>{titleOf(task)}</span>
                  {due && task.due_at && !done ? (
                    <span class="row-last">
                      <Value field={due} row={task} short />
                    </span>
                  ) : null}
                  {who && (
                    <span title={who}>
                      <Avatar name={who} />
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
