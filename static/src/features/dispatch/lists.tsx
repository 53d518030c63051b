/** On a phone: who has what, below each other. */
import { Link } from "wouter-preact";
import { clock, minutes } from "../../kernel/format";
import { stateOf } from "../../kernel/kinds";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { dispatchWords } from "../../words/calendar";
import { stateWord } from "./bar";
import { type Job, lay, load } from "./jobs";
import { Load, type RowsProps } from "./rows";

export function Lists({ technicians, contractors, jobs, onPlan }: RowsProps) {
  const busy = new Set(jobs.map((job) => job.who));
  const shown = [...technicians, ...contractors.filter((one) => busy.has(one.key))];
  return (
    <ul class="day-lists">
      {shown.map((worker) => {
        const own = jobs.filter((job) => job.who === worker.key);
        const laid = lay(own);
        const clashes = new Set(laid.filter((one) => one.overlaps).map((one) => one.job.row.id));
        const ordered = [...laid.map((one) => one.job), ...own.filter((job) => job.start === null)];
        return (
          <li key={worker.key}>
            <div class="worker-head">
              <Avatar name={worker.name} />
              <div class="worker-name">
                <h2 class="cut">{worker.name}</h2>
                <Load total={load(own)} jobs={own.length} overlaps={clashes.size} />
              </div>
            </div>
            {ordered.length > 0 && (
              <ul>
                {ordered.map((job) => (
                  <Line key={job.row.id} job={job} overlaps={clashes.has(job.row.id)} onPlan={onPlan} />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Line({ job, overlaps, onPlan }: { job: Job; overlaps: boolean; onPlan?: (job: Job) => void }) {
  const [tone, icon] = job.emergency && !job.settled ? (["danger", "octagon"] as const) : stateOf(String(job.row.status));
  return (
    <li class={job.settled ? "line-job settled" : "line-job"} data-tone={tone === "none" || tone === "rest" ? undefined : tone}>
      <Link href={`/work-orders/${job.row.id}`}>
        <span class="line-time">{job.row.scheduled_at && job.start !== null ? clock(String(job.row.scheduled_at)) : dispatchWords.noTime}</span>
        <span class="line-title">
          <span class="cut">{job.title}</span>
          <small class="cut">
            {minutes(job.minutes)}
            {job.site && ` · ${job.site}`}
            {overlaps && <span class="tone-warning"> · {dispatchWords.overlap}</span>}
          </small>
        </span>
        <Icon name={icon} />
        <span class="hidden-visually">{stateWord(job)}</span>
      </Link>
      {onPlan && !job.settled && <Button look="quiet" small icon="dots" label={dispatchWords.actions(job.title)} aria-haspopup="dialog" onClick={() => onPlan(job)} />}
    </li>
  );
}
