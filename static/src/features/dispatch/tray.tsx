/** Jobs that nobody has yet, the most urgent first. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { ago, daysUntil, dayOf, minutes, nearDay } from "../../kernel/format";
import { fieldOf, kindOf } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { State } from "../../ui/value";
import { calendarWords, dispatchWords } from "../../words/calendar";
import type { Job } from "./jobs";

const text = dispatchWords;

interface Props {
  jobs: Job[];
  /** Only so many are shown until one asks for the rest. */
  first?: number;
  more: boolean;
  target: boolean;
  held: string | null;
  onPress?: (event: PointerEvent, job: Job) => void;
  onPlan?: (job: Job) => void;
}

export function Tray({ jobs, first, more, target, held, onPress, onPlan }: Props) {
  const [all, setAll] = useState(false);
  const shown = first !== undefined && !all ? jobs.slice(0, first) : jobs;
  return (
    <section class={target ? "tray target" : "tray"} data-drop="tray" data-scrolls="y" aria-label={text.unassigned}>
      <header>
        <h2>
          {text.unassigned} <small>{jobs.length}</small>
        </h2>
        {onPlan && jobs.length > 0 && <p class="muted t12 desk">{text.unassignedHow}</p>}
      </header>
      {jobs.length === 0 && (
        <div class="tray-empty">
          <Icon name="tick" />
          <p class="strong">{text.nothingWaits}</p>
          <p class="muted t12">{text.nothingWaitsHow}</p>
        </div>
      )}
      <ul>
        {shown.map((job) => (
          <Waiting key={job.row.id} job={job} ghost={held === job.row.id} onPress={onPress} onPlan={onPlan} />
        ))}
      </ul>
      {shown.length < jobs.length && (
        <button type="button" class="more tray-rest" onClick={() => setAll(true)}>
          <Icon name="down" />
          {calendarWords.more(jobs.length - shown.length)}
        </button>
      )}
      {more && shown.length === jobs.length && <p class="muted t12 pad">{text.trayMore}</p>}
    </section>
  );
}

function Waiting({ job, ghost, onPress, onPlan }: { job: Job; ghost: boolean; onPress?: Props["onPress"]; onPlan?: Props["onPlan"] }) {
  const kind = kindOf("work-orders");
  const priority = kind && fieldOf(kind, "priority");
  const due = job.row.due_at ? dayOf(String(job.row.due_at)) : null;
  const late = due !== null && daysUntil(due) < 0;
  return (
    <li
      class={ghost ? "waiting ghost" : "waiting"}
      data-tone={job.emergency ? "danger" : undefined}
      data-job={job.row.id}
      onPointerDown={onPress ? (event) => onPress(event, job) : undefined}
      onContextMenu={
        onPlan &&
        ((event) => {
          event.preventDefault();
          onPlan(job);
        })
      }
      onKeyDown={(event) => {
        if (!onPlan || event.key !== "m") return;
        event.preventDefault();
        event.stopPropagation();
        onPlan(job);
      }}
    >
      <p class="co">
        <Link href={`/work-orders/${job.row.id}`} draggable={false}>
          {job.title}
        </Link>
      </p>
      {job.site && <p class="prod">{job.site}</p>}
      <p class="foot">
        {priority && job.row.priority !== "normal" && <State field={priority} value={String(job.row.priority)} />}
        <span>{minutes(job.minutes)}</span>
        {due ? (
          <span class={late ? "due-late" : daysUntil(due) <= 1 ? "due-soon" : undefined}>{text.due(nearDay(due))}</span>
        ) : (
          job.row.created_at != null && <span>{ago(String(job.row.created_at))}</span>
        )}
      </p>
      {onPlan && (
        <span class="job-menu" data-no-drag>
          <Button look="quiet" small icon="person" class="plan" label={text.assign} aria-haspopup="dialog" onClick={() => onPlan(job)} />
        </span>
      )}
    </li>
  );
}
