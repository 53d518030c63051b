/** A job on somebody's day. */
import { Link } from "wouter-preact";
import { clock, minutes } from "../../kernel/format";
import { stateOf } from "../../kernel/kinds";
import { fieldOf, kindOf } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { choiceLabel } from "../../ui/value";
import { dispatchWords } from "../../words/calendar";
import { CLOSES, clockOf, type Job, OPENS, spanOf, STEP } from "./jobs";

interface Props {
  job: Job;
  lane?: number;
  overlaps?: boolean;
  /** Minutes that its words may take, where more is free than the job itself. */
  room?: number;
  ghost: boolean;
  /** Given where this person may plan. */
  onPress?: (event: PointerEvent, job: Job) => void;
  onPlan?: (job: Job) => void;
  onNudge?: (job: Job, minutes: number, rows: number) => void;
}

const NUDGES: Record<string, [minutes: number, rows: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Words of a short job reach at most so far, in minutes. */
const LONGEST = 210;

export function stateWord(job: Job): string {
  const kind = kindOf("work-orders");
  const field = kind && fieldOf(kind, "status");
  return field ? choiceLabel(field, String(job.row.status)) : String(job.row.status);
}

export function Bar({ job, lane = 0, overlaps, room, ghost, onPress, onPlan, onNudge }: Props) {
  const [tone, icon] = job.emergency && !job.settled ? (["danger", "octagon"] as const) : stateOf(String(job.row.status));
  const span = job.start === null ? null : spanOf(job.start, job.minutes);
  const outside = job.start !== null && (job.start < OPENS || job.start >= CLOSES);
  const plans = onPlan && !job.settled;
  const time = job.row.scheduled_at ? clock(String(job.row.scheduled_at)) : dispatchWords.noTime;
  const about = [time, minutes(job.minutes), job.title, job.site, stateWord(job), overlaps && dispatchWords.overlap].filter(Boolean).join(" · ");
  const reach = room ? Math.min(room - STEP / 3, LONGEST) / job.minutes : 1;
  const look = ["bar-job", job.settled && "settled", overlaps && "overlaps", ghost && "ghost", !span && "untimed"].filter(Boolean).join(" ");
  return (
    <li
      class={look}
      data-tone={tone === "none" || tone === "rest" ? undefined : tone}
      data-job={job.row.id}
      style={span ? { left: `${span.left}%`, width: `${span.width}%`, top: `${lane * 40 + 4}px` } : undefined}
      onPointerDown={plans && onPress ? (event) => onPress(event, job) : undefined}
      onContextMenu={
        plans
          ? (event) => {
              event.preventDefault();
              onPlan(job);
            }
          : undefined
      }
      onKeyDown={(event) => {
        if (!plans) return;
        const nudge = event.shiftKey ? NUDGES[event.key] : undefined;
        if (nudge) onNudge?.(job, ...nudge);
        else if (event.key === "m") onPlan(job);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Link href={`/work-orders/${job.row.id}`} draggable={false} title={about} aria-label={about} style={reach > 1 ? { width: `${reach * 100}%` } : undefined}>
        <span class="job-title">
          <Icon name={overlaps ? "alert" : icon} />
          {job.title}
        </span>
        <span class="job-under">
          {outside && job.start !== null ? `${dispatchWords.outside(clockOf(job.start))} ` : ""}
          {job.site}
        </span>
      </Link>
      {plans && (
        <span class="job-menu" data-no-drag>
          <Button look="quiet" small icon="dots" tabIndex={-1} label={dispatchWords.actions(job.title)} aria-haspopup="dialog" onClick={() => onPlan(job)} />
        </span>
      )}
    </li>
  );
}
