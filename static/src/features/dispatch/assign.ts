/** Gives a job to somebody at a time, or takes it back. */
import { Problem } from "../../kernel/api";
import { toast } from "../../kernel/toasts";
import { type Changes, same, update } from "../../kernel/writes";
import { at, minutesOf } from "../../kernel/zone";
import { words } from "../../words";
import { dispatchWords } from "../../words/calendar";
import { clockOf, type Job } from "./jobs";

export interface Plan {
  /** Null takes it back. */
  who: string | null;
  /** What they are called. */
  name: string;
  day: string;
  /** Minutes since midnight; without one the time stays as it is. */
  start: number | null;
}

function changesOf(job: Job, plan: Plan): Changes {
  const id = plan.who?.slice(2) ?? null;
  const wanted: Changes = {
    assigned_to: plan.who?.startsWith("u:") ? id : null,
    contractor_id: plan.who?.startsWith("c:") ? id : null,
    ...(plan.start === null ? {} : { scheduled_at: at(plan.day, plan.start) }),
  };
  const moved = (field: string) => !same(wanted[field], field === "scheduled_at" && job.row[field] ? new Date(String(job.row[field])).toISOString() : job.row[field]);
  return Object.fromEntries(Object.keys(wanted).filter(moved).map((field) => [field, wanted[field]]));
}

export async function assign(job: Job, plan: Plan): Promise<void> {
  const changes = changesOf(job, plan);
  if (Object.keys(changes).length === 0) return;
  try {
    const saved = await update("work-orders", job.row, changes, true);
    if (!saved) return;
    const time = saved.scheduled_at ? clockOf(minutesOf(String(saved.scheduled_at))) : "";
    const before = Object.fromEntries(Object.keys(changes).map((field) => [field, job.row[field] ?? null]));
    const said = plan.who ? dispatchWords.given(job.title, plan.name, time) : dispatchWords.taken(job.title);
    toast(said, { undo: () => void update("work-orders", saved, before, true).then(() => toast(words.undone), () => {}) });
  } catch (problem) {
    // Any other refusal has been told already.
    if (!(problem instanceof Problem) || problem.status !== 422) return;
    const why = problem.errors.map((error) => error.message).join(" ") || problem.message;
    toast(dispatchWords.refused(job.title, why), { tone: "danger" });
  }
}
