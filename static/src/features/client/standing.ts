/** What a customer wants to know of machines, jobs and papers: how they stand. */
import type { Row } from "../../kernel/api";
import { daysUntil } from "../../kernel/format";

/** Papers and inspections that end within this many days deserve a word. */
const SOON_DAYS = 60;

export interface Counts {
  all: number;
  running: number;
  inWork: number;
  out: number;
}

/** Machines that were taken down for good count no more. */
export function countsOf(machines: Row[]): Counts {
  return countStates(machines.map((machine) => [String(machine.status), 1]));
}

export function countStates(states: [string, number][]): Counts {
  const of = (state: string) => states.reduce((sum, [name, n]) => (name === state ? sum + n : sum), 0);
  const [running, inWork, out] = [of("active"), of("in_work"), of("out_of_service")];
  return { all: running + inWork + out, running, inWork, out };
}

/** The paper that counts: of each machine the one that is valid longest; those that end first come first. */
export function current(certificates: Row[]): Row[] {
  const latest = new Map<string, Row>();
  for (const paper of certificates) {
    const machine = String(paper.equipment_id ?? paper.id);
    const known = latest.get(machine);
    if (!known || String(paper.valid_until ?? "") > String(known.valid_until ?? "")) latest.set(machine, paper);
  }
  return [...latest.values()].sort((a, b) => String(a.valid_until ?? "9999").localeCompare(String(b.valid_until ?? "9999")));
}

export type Standing = "valid" | "soon" | "ended" | "failed";

export function standingOf(paper: Row): Standing {
  if (paper.result === "failed") return "failed";
  if (!paper.valid_until) return "valid";
  const days = daysUntil(String(paper.valid_until));
  return days < 0 ? "ended" : days <= SOON_DAYS ? "soon" : "valid";
}

/** What happens now: begun work first, then what waits, then what was asked for last. */
export function liveOrder(orders: Row[]): Row | undefined {
  const rank = (order: Row) => ["in_progress", "on_hold", "new", "assigned"].indexOf(String(order.status));
  return [...orders].sort((a, b) => rank(a) - rank(b) || when(a).localeCompare(when(b)))[0];
}

const when = (order: Row): string => String(order.scheduled_at ?? order.due_at ?? "9999");

/** Visits with an appointment that is still to come, soonest first. */
export function visits(orders: Row[]): Row[] {
  return orders
    .filter((order) => order.scheduled_at && order.status !== "in_progress")
    .sort((a, b) => when(a).localeCompare(when(b)));
}

/** How far a job has come: 0 asked for, 1 planned, 2 on site, 3 finished. */
export function stageOf(order: Row): number {
  const state = String(order.status);
  if (state === "completed" || state === "invoiced") return 3;
  if (state === "in_progress" || (state === "on_hold" && order.started_at)) return 2;
  return state === "assigned" || order.scheduled_at ? 1 : 0;
}
