/** The names of the weekdays above a calendar. */
import { daysBetween, addDays } from "../../kernel/zone";
import { weekdayName } from "../../kernel/format";

export function WeekHead({ from }: { from: string }) {
  return (
    <div class="week-head" aria-hidden="true">
      {daysBetween(from, addDays(from, 7)).map((day) => (
        <span key={day}>{weekdayName(day)}</span>
      ))}
    </div>
  );
}
