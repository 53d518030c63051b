/** How jobs, machines and papers are told in two lines. */
import type { Row } from "../../kernel/api";
import { clock, dayOf, nearDay } from "../../kernel/format";
import { clientWords } from "../../words/client-area";

const w = clientWords;

export const whole = (row: Row, member: string): Row | null => {
  const found = row[member];
  return found && typeof found === "object" ? (found as Row) : null;
};

export const siteName = (row: Row): string => String(whole(row, "site")?.name ?? "");

/** `today at 14:15`, `on 30 November`. */
export function visitAt(order: Row): string {
  if (order.completed_at) return w.jobs.finished(nearDay(dayOf(String(order.completed_at))));
  if (!order.scheduled_at) return w.jobs.noVisit;
  const at = String(order.scheduled_at);
  return w.jobs.visit(`${nearDay(dayOf(at))}, ${clock(at)}`);
}

export const jobLine = (order: Row): string => [siteName(order), visitAt(order)].filter(Boolean).join(", ");

export const machineName = (row: Row): string => String(row.name ?? row.serial ?? "");

/** A paper is called after its machine. */
export const paperName = (paper: Row): string => {
  const machine = whole(paper, "equipment");
  return machine ? machineName(machine) : String(paper.number ?? "");
};

const onPaper = new Intl.DateTimeFormat(navigator.language, { dateStyle: "long", timeZone: "UTC" });

/** With its year, as on a paper that is kept for long. */
export const longDate = (value: unknown): string => (value ? onPaper.format(new Date(String(value).slice(0, 10))) : "");

/** Where the machine of a paper stands, looked up among the customer's own sites. */
export const siteOf = (paper: Row, sites: Row[]): string =>
  String(sites.find((site) => site.id === whole(paper, "equipment")?.site_id)?.name ?? "");
