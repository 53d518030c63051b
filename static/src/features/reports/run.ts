/** A report while the server works it out: ordered, followed on its stream, come back for. */
import { signal } from "@preact/signals";
import { call, get, Problem } from "../../kernel/api";
import { markReadAbout } from "../../kernel/notifications";
import { follow, type Message } from "../../kernel/stream";
import type { components } from "../../kernel/wire";
import { reportWords as words } from "../../words/reports";
import type { Report } from "./api";

export type Run = components["schemas"]["ReportRun"];

export interface Question {
  name: string;
  /** The parameters, as they stand in the address. */
  asked: string;
}

/** A run under way, and what it told last. */
interface Followed {
  id: string;
  told: Message | null;
}

/** What took no longer is no news to anybody: the server sends no notification of it. */
const NEWS_MS = 1500;
/** Between two looks at a run whose stream broke off. */
const LOOK_MS = 1000;
const OPEN: Run["state"][] = ["waiting", "running", "failed"];

const followed = signal<Record<string, Followed>>({});
const keyOf = ({ name, asked }: Question): string => `${name}?${asked}`;

/** The run that is under way for a question. */
export const runFor = (question: Question): Followed | undefined => followed.value[keyOf(question)];

/** Stops it for everybody who waits for it. */
export const stopRun = (id: string): Promise<unknown> => call("POST", `chores/${id}/cancel`);

/** Runs that this window has left. */
const left = new Set<string>();

/** Something else is chosen: it ends, unless another window waits for it. */
export function leaveRun(id: string): void {
  left.add(id);
  call("DELETE", `reports/runs/${id}`).catch(() => {});
}

/** The document: at hand already, or once it is worked out. Rejects with a {@link Problem}. */
export async function answer(question: Question, known: string | null, signal: AbortSignal): Promise<Report> {
  const began = Date.now();
  const before = known ? await found(known, question, signal) : null;
  if (before?.document) return seen(before.id, before.document);
  const { name, asked } = question;
  let id = before?.id;
  if (!id) {
    const ordered = await call<Report | Run>("POST", `reports/${name}/runs${asked && `?${asked}`}`, { signal, cause: "visit" });
    if (ordered.status === 200) return ordered.data as Report;
    id = (ordered.data as Run).id;
  }
  const run = await ended(question, id, signal);
  if (run.document) return before || Date.now() - began > NEWS_MS ? seen(id, run.document) : run.document;
  const stopped = run.state === "cancelled";
  // Chosen again while the run that was left for something else came to its end.
  if (stopped && left.delete(id)) return answer(question, null, signal);
  throw new Problem(0, stopped ? "cancelled" : "not_made", stopped ? words.cancelled : (run.error ?? words.gone));
}

/** Whoever has it on the screen need not be told that it is ready. */
function seen(id: string, document: Report): Report {
  markReadAbout("reports", id).catch(() => {});
  return document;
}

/** The run that the address names, where it is ours to go on with; else the question is asked anew. */
async function found(id: string, { name }: Question, signal: AbortSignal): Promise<Run | null> {
  try {
    const run = await get<Run>(`reports/runs/${id}`, signal);
    return run.report === name && (run.document || OPEN.includes(run.state)) ? run : null;
  } catch (problem) {
    if (problem instanceof Problem && [404, 409].includes(problem.status)) return null;
    throw problem;
  }
}

/** Follows a run to its end, over breaks in the connection too. */
async function ended(question: Question, id: string, signal: AbortSignal): Promise<Run> {
  const key = keyOf(question);
  const show = (told: Message | null) => {
    if (!signal.aborted) followed.value = { ...followed.value, [key]: { id, told: told ?? followed.value[key]?.told ?? null } };
  };
  show(null);
  try {
    for (;;) {
      await follow(id, show, signal);
      signal.throwIfAborted();
      const run = await get<Run>(`reports/runs/${id}`, signal).catch(later);
      if (run && !OPEN.includes(run.state)) return run;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  } finally {
    const { [key]: _, ...others } = followed.value;
    followed.value = others;
  }
}

/** A server that is being started again will answer soon. */
function later(problem: unknown): null {
  if (problem instanceof Problem && [0, 502, 503].includes(problem.status)) return null;
  throw problem;
}
