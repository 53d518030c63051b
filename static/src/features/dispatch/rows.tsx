/** The day by who works: a row each, along the hours. */
import { useState } from "preact/hooks";
import { dayOf, minutes as inWords } from "../../kernel/format";
import { minutesOf } from "../../kernel/zone";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { dispatchWords } from "../../words/calendar";
import { Bar } from "./bar";
import { CLOSES, clockOf, FULL_DAY, type Job, lay, load, OPENS, spanOf, type Worker } from "./jobs";

const text = dispatchWords;

/** What is held over a row, and the time that it would get. */
export interface Aim {
  job: Job;
  over: string | null;
  start: number;
}

export interface RowsProps {
  day: string;
  technicians: Worker[];
  contractors: Worker[];
  jobs: Job[];
  aim: Aim | null;
  onPress?: (event: PointerEvent, job: Job) => void;
  onPlan?: (job: Job) => void;
  onNudge?: (job: Job, minutes: number, rows: number) => void;
}

export function Rows(props: RowsProps) {
  const { technicians, contractors, jobs, day } = props;
  const [free, setFree] = useState(false);
  const busy = new Set(jobs.map((job) => job.who));
  const idle = contractors.filter((one) => !busy.has(one.key)).length;
  const shown = free ? contractors : contractors.filter((one) => busy.has(one.key));
  const hours = Array.from({ length: (CLOSES - OPENS) / 60 }, (_, i) => OPENS + i * 60);
  const now = dayOf(Date.now()) === day ? minutesOf(Date.now()) : null;
  const shows = now !== null && now >= OPENS && now < CLOSES;
  return (
    <div class="rows-of-day" data-scrolls="">
      <div class="axis" aria-hidden="true">
        <span />
        <div class="hours">
          {hours.map((hour) => (
            <span key={hour}>{clockOf(hour)}</span>
          ))}
          {shows && <i class="now-line" style={{ left: `${spanAt(now)}%` }} />}
        </div>
      </div>
      <ul>
        {technicians.map((worker) => (
          <WorkerRow {...props} key={worker.key} worker={worker} now={shows ? now : null} />
        ))}
      </ul>
      {contractors.length > 0 && (
        <>
          <p class="rows-label">
            {text.contractors}
            {idle > 0 && (
              <button type="button" class="more" aria-expanded={free} onClick={() => setFree(!free)}>
                <Icon name={free ? "up" : "down"} />
                {free ? text.hideFree : text.freeOnes(idle)}
              </button>
            )}
          </p>
          <ul>
            {shown.map((worker) => (
              <WorkerRow {...props} key={worker.key} worker={worker} now={shows ? now : null} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const spanAt = (minutes: number): number => ((minutes - OPENS) / (CLOSES - OPENS)) * 100;

function WorkerRow({ worker, jobs, aim, now, onPress, onPlan, onNudge }: RowsProps & { worker: Worker; now: number | null }) {
  const own = jobs.filter((job) => job.who === worker.key);
  const laid = lay(own);
  const untimed = own.filter((job) => job.start === null);
  const lanes = Math.max(1, ...laid.map((one) => one.lane + 1));
  const total = load(own);
  const overlaps = laid.filter((one) => one.overlaps).length;
  const target = aim?.over === worker.key;
  const slot = target && aim ? spanOf(aim.start, aim.job.minutes) : null;
  return (
    <li class={target ? "worker target" : "worker"}>
      <div class="worker-head">
        <Avatar name={worker.name} />
        <div class="worker-name">
          <h2 class="cut">{worker.name}</h2>
          <Load total={total} jobs={own.length} overlaps={overlaps} />
        </div>
      </div>
      <div class="track-cell">
        <ul class="track" data-drop={worker.key} aria-label={text.row(worker.name, own.length, inWords(total))} style={{ height: `${lanes * 40 + 8}px` }}>
          {now !== null && <li class="now-line" aria-hidden="true" style={{ left: `${spanAt(now)}%` }} />}
          {slot && aim && (
            <li class="slot" aria-hidden="true" style={{ left: `${slot.left}%`, width: `${slot.width}%` }}>
              {clockOf(aim.start)}
            </li>
          )}
          {laid.map(({ job, lane, room, overlaps: clash }) => (
            <Bar key={job.row.id} job={job} lane={lane} room={room} overlaps={clash} ghost={aim?.job.row.id === job.row.id} onPress={onPress} onPlan={onPlan} onNudge={onNudge} />
          ))}
        </ul>
        {untimed.length > 0 && (
          <div class="untimed-row">
            <span class="muted t12">{text.noTime}</span>
            <ul>
              {untimed.map((job) => (
                <Bar key={job.row.id} job={job} ghost={aim?.job.row.id === job.row.id} onPress={onPress} onPlan={onPlan} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </li>
  );
}

/** Hours against a working day, and whether jobs overlap. */
export function Load({ total, jobs, overlaps }: { total: number; jobs: number; overlaps: number }) {
  const over = total > FULL_DAY;
  if (jobs === 0) return <p class="worker-load muted">{text.free}</p>;
  return (
    <div class="worker-load">
      <p>
        <span class={over ? "tone-warning" : "muted"}>{inWords(total)}</span>
        {overlaps > 0 && <span class="tone-warning">{text.overlaps(Math.ceil(overlaps / 2))}</span>}
      </p>
      <div class={over ? "load over" : "load"}>
        <i style={{ width: `${Math.min(100, (total / FULL_DAY) * 100)}%` }} />
      </div>
    </div>
  );
}
