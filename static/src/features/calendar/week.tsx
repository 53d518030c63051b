/** A week: a column for each day; on a phone the days below each other. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { daysUntil, longDay, weekdayName } from "../../kernel/format";
import { daysBetween } from "../../kernel/zone";
import { useDrag } from "../../ui/drag";
import { calendarWords } from "../../words/calendar";
import { Chip } from "./chip";
import { Create } from "./day-sheet";
import type { Entry } from "./entries";
import { moveToDay } from "./move";
import type { Place } from "./place";

interface Props {
  place: Place;
  days: Map<string, Entry[]>;
  phone: boolean;
}

export function Week({ place, days, phone }: Props) {
  const over = useSignal<string | null>(null);
  const held = useSignal<string | null>(null);
  const press = useDrag<Entry>({
    onStart: (entry) => (held.value = entry.row.id),
    onMove: (_, spot) => (over.value = spot.over?.dataset.drop ?? null),
    onDrop: (entry, spot) => spot.over?.dataset.drop && moveToDay(entry, spot.over.dataset.drop),
    onEnd: () => (over.value = held.value = null),
  });
  const root = useRef<HTMLOListElement>(null);
  // On a phone the days stand below each other: begin with the one that counts.
  useLayoutEffect(() => {
    if (phone) root.current?.querySelector(`[data-drop="${place.day}"]`)?.scrollIntoView({ block: "start" });
  }, [place.from, phone]);
  return (
    <ol ref={root} class={phone ? "agenda" : "week"} data-scrolls="y">
      {daysBetween(place.from, place.to).map((day) => {
        const entries = days.get(day) ?? [];
        const today = daysUntil(day) === 0;
        const look = ["week-day", today && "today", over.value === day && "target"].filter(Boolean).join(" ");
        return (
          <li key={day} class={look} data-drop={day}>
            <h2>
              <button type="button" class="cell-day" data-day={day} tabIndex={day === place.day ? 0 : -1} aria-current={today ? "date" : undefined} aria-label={calendarWords.day(longDay(day), entries.length)} onClick={() => place.go({ day })}>
                <small>{phone ? longDay(day) : weekdayName(day)}</small>
                {!phone && <span>{Number(day.slice(8))}</span>}
              </button>
            </h2>
            {entries.length > 0 ? (
              <ul class="events">
                {entries.map((entry) => (
                  <Chip key={entry.row.id} entry={entry} full onPress={phone ? undefined : press} ghost={held.value === entry.row.id} />
                ))}
              </ul>
            ) : (
              phone && <p class="muted t14">{calendarWords.nothing}</p>
            )}
            {(day === place.day || (phone && today)) && <Create day={day} />}
          </li>
        );
      })}
    </ol>
  );
}
