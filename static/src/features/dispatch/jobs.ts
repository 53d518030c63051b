/** A day's jobs by who does them: lengths, lanes where they overlap, and load. */
import type { Row } from "../../kernel/api";
import { dayOf } from "../../kernel/format";
import { SETTLED } from "../../kernel/kinds";
import { givenTo } from "../../kernel/orders";
import { minutesOf } from "../../kernel/zone";

/** Minutes since midnight at both ends of the axis. */
export const OPENS = 7 * 60;
export const CLOSES = 19 * 60;
/** What a job takes when its service does not say. */
const DEFAULT = 60;
/** Times are taken to the quarter of an hour. */
export const STEP = 15;
/** A working day: beyond it the load is shown as too much. */
export const FULL_DAY = 8 * 60;

export interface Job {
  row: Row;
  title: string;
  site: string;
  /** `u:` and a user, `c:` and a contractor, or null. */
  who: string | null;
  /** Minutes since midnight, null without an appointment. */
  start: number | null;
  minutes: number;
  settled: boolean;
  emergency: boolean;
}

export interface Worker {
  key: string;
  name: string;
  region: string;
}

export function jobOf(row: Row, lengths: Map<string, number>, day: string): Job {
  const site = row.site as Row | null | undefined;
  const status = String(row.status ?? "");
  const scheduled = row.scheduled_at ? String(row.scheduled_at) : null;
  const who = row.assigned_to ? `u:${row.assigned_to}` : row.contractor_id ? `c:${row.contractor_id}` : null;
  return {
    row,
    title: String(row.title ?? row.number ?? ""),
    site: site ? String(site.name ?? "") : "",
    who,
    start: scheduled && dayOf(scheduled) === day ? minutesOf(scheduled) : null,
    minutes: lengths.get(String(row.service_id)) ?? DEFAULT,
    settled: SETTLED.has(status),
    emergency: row.priority === "emergency",
  };
}

export const lengthsOf = (services: Row[]): Map<string, number> =>
  new Map(services.filter((row) => typeof row.minutes === "number").map((row) => [row.id, Math.max(STEP, row.minutes as number)]));

/** Each order once: what is being given to somebody may stand in both lists for a moment. */
export function distinct(...lists: Row[][]): Row[] {
  const found = new Map<string, Row>();
  for (const row of lists.flat()) {
    const other = found.get(row.id);
    if (!other || row.version > other.version) found.set(row.id, row);
  }
  return [...found.values()];
}

export interface Laid {
  job: Job & { start: number };
  lane: number;
  overlaps: boolean;
  /** Minutes until the next job of the lane: so far its words may reach. */
  room: number;
}

/** Puts jobs that overlap into lanes below each other. */
export function lay(jobs: Job[]): Laid[] {
  const timed = jobs.filter((job): job is Job & { start: number } => job.start !== null);
  timed.sort((a, b) => a.start - b.start || b.minutes - a.minutes);
  const ends: number[] = [];
  const laid = timed.map((job): Laid => {
    const free = ends.findIndex((end) => end <= job.start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = job.start + job.minutes;
    return { job, lane, overlaps: false, room: CLOSES - job.start };
  });
  for (const one of laid) {
    const next = laid.find((two) => two.lane === one.lane && two.job.start > one.job.start);
    if (next) one.room = next.job.start - one.job.start;
    one.overlaps = laid.some((two) => two !== one && meets(one.job, two.job) && !one.job.settled && !two.job.settled);
  }
  return laid;
}

const meets = (a: { start: number; minutes: number }, b: { start: number; minutes: number }): boolean =>
  a.start < b.start + b.minutes && b.start < a.start + a.minutes;

export const load = (jobs: Job[]): number => jobs.reduce((sum, job) => sum + job.minutes, 0);

const RANK: Record<string, number> = { emergency: 0, high: 1, normal: 2, low: 3 };

/** The most urgent first, of equals the one that waits longest. */
export function byUrgency(a: Job, b: Job): number {
  const rank = (job: Job) => RANK[String(job.row.priority)] ?? 2;
  return rank(a) - rank(b) || String(a.row.created_at ?? "").localeCompare(String(b.row.created_at ?? ""));
}

/** Everybody who has a row: those who are known, and those who have a job and are not among them. */
export function workersOf(technicians: Row[], contractors: Row[], jobs: Job[]): { technicians: Worker[]; contractors: Worker[] } {
  const known = (prefix: string, rows: Row[]) => rows.map((row): Worker => ({ key: `${prefix}:${row.id}`, name: String(row.name), region: String(row.region ?? "") }));
  const people = known("u", technicians);
  for (const { who, row } of jobs) {
    const name = givenTo(row);
    if (who?.startsWith("u:") && name && !people.some((person) => person.key === who)) people.push({ key: who, name, region: "" });
  }
  return { technicians: people, contractors: known("c", contractors) };
}

/** A time of the axis for a place on it between 0 and 1. */
export function timeAt(share: number, minutes: number): number {
  const time = Math.round((OPENS + share * (CLOSES - OPENS)) / STEP) * STEP;
  return Math.max(OPENS, Math.min(time, CLOSES - Math.min(minutes, STEP)));
}

/** Where a job stands on the axis, in percent; what lies outside stands at its edge. */
export function spanOf(start: number, minutes: number): { left: number; width: number } {
  const span = CLOSES - OPENS;
  const from = Math.max(OPENS, Math.min(start, CLOSES - 2 * STEP));
  const to = Math.max(from + 2 * STEP, Math.min(start + minutes, CLOSES));
  return { left: ((from - OPENS) / span) * 100, width: ((to - from) / span) * 100 };
}

const two = (n: number) => String(n).padStart(2, "0");

/** `14:05` */
export const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
