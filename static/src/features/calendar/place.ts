/** Where in time the calendar is and what it shows: all of it stands in the address. */
import { useLocation, useSearch } from "wouter-preact";
import { today } from "../../kernel/format";
import { addDays, addMonths, isDay, monday } from "../../kernel/zone";

export type Look = "month" | "week";
export type What = "all" | "work-orders" | "tasks";

export interface Place {
  look: Look;
  day: string;
  what: What;
  mine: boolean;
  /** The days that are shown, the second not included. */
  from: string;
  to: string;
  go: (changes: Partial<Pick<Place, "look" | "day" | "what" | "mine">>) => void;
}

export function usePlace(phone: boolean): Place {
  const search = useSearch();
  const [, navigate] = useLocation();
  const said = new URLSearchParams(search);
  const given = said.get("day");
  const day = isDay(given) ? given : today();
  const view = said.get("view");
  const look: Look = view === "week" || view === "month" ? view : phone ? "week" : "month";
  const show = said.get("show");
  const what: What = show === "tasks" || show === "work-orders" ? show : "all";
  return {
    look,
    day,
    what,
    mine: said.get("mine") === "true",
    ...span(look, day),
    go: (changes) => {
      const query = new URLSearchParams(search);
      const set = (name: string, value: string | null) => (value === null ? query.delete(name) : query.set(name, value));
      if (changes.day) set("day", changes.day === today() ? null : changes.day);
      if (changes.look) set("view", changes.look);
      if (changes.what) set("show", changes.what === "all" ? null : changes.what);
      if (changes.mine !== undefined) set("mine", changes.mine ? "true" : null);
      navigate(query.size ? `/calendar?${query}` : "/calendar", { replace: true });
    },
  };
}

/** A month is shown in whole weeks. */
export function span(look: Look, day: string): { from: string; to: string } {
  if (look === "week") return { from: monday(day), to: addDays(monday(day), 7) };
  const from = monday(addMonths(day, 0));
  const last = addDays(addMonths(day, 1), -1);
  return { from, to: addDays(monday(last), 7) };
}

/** The same weekday a week away, the same day of the month a month away. */
export function step(look: Look, day: string, by: 1 | -1): string {
  if (look === "week") return addDays(day, 7 * by);
  const first = addMonths(day, by);
  const lastDay = Number(addDays(addMonths(first, 1), -1).slice(8));
  return addDays(first, Math.min(Number(day.slice(8)), lastDay) - 1);
}
