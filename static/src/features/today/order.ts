/** What a technician's screen makes of a work order: its place in the round, its moves, its way there. */
import type { Row } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";

export interface Step {
  text: string;
  done?: boolean;
}

export type State = "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "invoiced" | "cancelled";

export const stateOf = (order: Row): State => String(order.status) as State;
export const stepsOf = (order: Row): Step[] => (Array.isArray(order.checklist) ? (order.checklist as Step[]) : []);
export const stepsDone = (steps: Step[]): number => steps.filter((step) => step.done).length;

export function ticked(steps: Step[], at: number): Step[] {
  return steps.map((step, i) => (i === at ? { ...step, done: !step.done } : step));
}

/** When somebody is expected there: the appointment, else the day by which it is due. */
export const timeOf = (order: Row): string | null => (order.scheduled_at ?? order.due_at ?? null) as string | null;

export const whole = (order: Row, member: string): Row | null => {
  const found = order[member];
  return found && typeof found === "object" ? (found as Row) : null;
};

/** The name of the place; an order without a site is called by its own title. */
export const placeOf = (order: Row): string => String(whole(order, "site")?.name ?? order.title ?? order.number);

/** The round: by time, what has none at the end. */
export function inOrder(stops: Row[]): Row[] {
  return [...stops].sort((a, b) => (timeOf(a) ?? "9999").localeCompare(timeOf(b) ?? "9999"));
}

/** Where one is, or goes next: begun work first, what waits for something last. */
export function nextOf(stops: Row[]): Row | undefined {
  const round = inOrder(stops);
  return round.find((s) => stateOf(s) === "in_progress") ?? round.find((s) => stateOf(s) !== "on_hold") ?? round[0];
}

/** The states to which this order may go, as the schema says. */
export function movesFrom(kind: Kind | undefined, order: Row): Set<string> {
  const field = kind?.fields.find((f) => f.name === kind.states?.field);
  if (!kind?.states || !field || field.read_only || kind.rights.update === "none") return new Set();
  const state = stateOf(order);
  const moves = kind.states.moves?.[state] ?? field.choices?.map((choice) => choice.name) ?? [];
  return new Set(moves.filter((move) => move !== state));
}

export interface Call {
  name: string | null;
  number: string;
}

/** Whom to ring: the person named on the order, else the site itself. */
export function callOf(order: Row): Call | null {
  const contact = whole(order, "contact");
  const own = contact?.mobile ?? contact?.phone;
  // The first name is what fits on a button.
  if (contact && own) return { name: String(contact.first_name ?? contact.name ?? contact.last_name), number: String(own) };
  const site = whole(order, "site")?.phone;
  return site ? { name: null, number: String(site) } : null;
}

export const dialled = (number: string): string => `tel:${number.replaceAll(/[^+\d]/g, "")}`;

/** Opens the map app of this device with the way there. */
export function wayTo(site: Row | null, agent = navigator.userAgent): string | null {
  const point = site?.lat != null && site.lng != null ? `${site.lat},${site.lng}` : null;
  const address = site?.address ? encodeURIComponent(String(site.address)) : null;
  if (!point && !address) return null;
  if (/iPhone|iPad|Macintosh/.test(agent)) return `https://maps.apple.com/?daddr=${point ?? address}`;
  if (/Android/.test(agent)) return `geo:${point ?? "0,0"}?q=${address ?? point}`;
  return point
    ? `https://www.openstreetmap.org/directions?to=${encodeURIComponent(point)}`
    : `https://www.openstreetmap.org/search?query=${address}`;
}

/** Minutes between two moments, as the server counts them. */
export const minutesBetween = (from: string | number, to: string | number): number =>
  Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60_000);
