/** The menu's way to plan a job: who, which day, at what time. */
import { useId, useState } from "preact/hooks";
import { dayOf, minutes } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { dispatchWords } from "../../words/calendar";
import { assign } from "./assign";
import { clockOf, type Job, type Worker } from "./jobs";
import { minutesOf } from "../../kernel/zone";

const text = dispatchWords;

interface Props {
  job: Job;
  day: string;
  technicians: Worker[];
  contractors: Worker[];
  onClose: () => void;
}

export function AssignDialog({ job, day, technicians, contractors, onClose }: Props) {
  const scheduled = job.row.scheduled_at ? String(job.row.scheduled_at) : null;
  const [who, setWho] = useState(job.who ?? technicians[0]?.key ?? contractors[0]?.key ?? "");
  const [on, setOn] = useState(scheduled ? dayOf(scheduled) : day);
  const [time, setTime] = useState(clockOf(scheduled ? minutesOf(scheduled) : 9 * 60));
  const form = useId();
  const everybody = [...technicians, ...contractors];
  const submit = (event: Event) => {
    event.preventDefault();
    const [hours = 0, rest = 0] = time.split(":").map(Number);
    onClose();
    void assign(job, { who, name: everybody.find((one) => one.key === who)?.name ?? "", day: on, start: hours * 60 + rest });
  };
  return (
    <Dialog
      title={text.assignTitle(job.title)}
      onClose={onClose}
      foot={
        <>
          {job.who && !job.settled && (
            <Button
              look="quiet"
              onClick={() => {
                onClose();
                void assign(job, { who: null, name: "", day, start: null });
              }}
            >
              {text.takeBack}
            </Button>
          )}
          <Button look="primary" type="submit" form={form}>
            {text.assignDo}
          </Button>
        </>
      }
    >
      <form id={form} class="assign-form" onSubmit={submit}>
        <label>
          <span class="label">{text.who}</span>
          <select class="input" autofocus value={who} required onChange={(event) => setWho(event.currentTarget.value)}>
            <Group label={text.technicians} workers={technicians} />
            <Group label={text.contractors} workers={contractors} />
          </select>
        </label>
        <div class="assign-when">
          <label>
            <span class="label">{text.day}</span>
            <input class="input" type="date" required value={on} onInput={(event) => setOn(event.currentTarget.value)} />
          </label>
          <label>
            <span class="label">{text.at}</span>
            <input class="input" type="time" required step={300} value={time} onInput={(event) => setTime(event.currentTarget.value)} />
          </label>
        </div>
        <p class="muted t13">
          {text.length} {minutes(job.minutes)}
          {job.site && ` · ${job.site}`}
        </p>
      </form>
    </Dialog>
  );
}

function Group({ label, workers }: { label: string; workers: Worker[] }) {
  if (workers.length === 0) return null;
  return (
    <optgroup label={label}>
      {workers.map((worker) => (
        <option key={worker.key} value={worker.key}>
          {worker.name}
        </option>
      ))}
    </optgroup>
  );
}
