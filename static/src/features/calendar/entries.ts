/** Work orders and tasks as entries of a calendar. */
import type { Row } from "../../kernel/api";
import { dayOf } from "../../kernel/format";
import { SETTLED } from "../../kernel/kinds";
import { givenTo } from "../../kernel/orders";
import { minutesOf } from "../../kernel/zone";

export interface Entry {
  kind: "work-orders" | "tasks";
  row: Row;
  /** The field that puts it where it is, and that a move changes. */
  field: "scheduled_at" | "due_at";
  moment: string;
  day: string;
  minutes: number;
  title: string;
  place: string;
  person: string | null;
  status: string;
  settled: boolean;
  late: boolean;
  emergency: boolean;
}

function entry(kind: Entry["kind"], row: Row, person: string | null, place: string): Entry | null {
  const field = row.scheduled_at ? "scheduled_at" : "due_at";
  if (!row[field]) return null;
  const moment = String(row[field]);
  const status = String(row.status ?? "");
  const settled = SETTLED.has(status);
  return {
    kind,
    row,
    field,
    moment,
    day: dayOf(moment),
    minutes: minutesOf(moment),
    title: String(row.title ?? row.number ?? ""),
    place,
    person,
    status,
    settled,
    late: !settled && Date.parse(String(row.due_at ?? moment)) < Date.now(),
    emergency: row.priority === "emergency" && !settled,
  };
}

export function orderEntries(rows: Row[], names: Map<string, string>): Entry[] {
  return rows.flatMap((row) => {
    const site = row.site as Row | null | undefined;
    const person = givenTo(row) ?? names.get(String(row.assigned_to)) ?? null;
    return entry("work-orders", row, person, site ? String(site.name ?? "") : "") ?? [];
  });
}

export function taskEntries(rows: Row[], names: Map<string, string>): Entry[] {
  return rows.flatMap((row) => entry("tasks", row, names.get(String(row.assignee_id)) ?? null, "") ?? []);
}

/** Is this entry somebody's own? */
export function isMine({ row, kind }: Entry, me: { id: string; contractor_id: string | null }): boolean {
  if (kind === "tasks") return row.assignee_id === me.id;
  return row.assigned_to === me.id || (me.contractor_id !== null && row.contractor_id === me.contractor_id);
}

/** Entries by day, emergencies first, then by the clock. */
export function byDay(entries: Entry[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const one of entries) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  for (const list of days.values()) {
    list.sort((a, b) => Number(b.emergency) - Number(a.emergency) || a.moment.localeCompare(b.moment) || a.title.localeCompare(b.title));
  }
  return days;
}
