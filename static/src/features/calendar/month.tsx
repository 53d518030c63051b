/** A month: a cell for each day with as many entries as fit. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { daysUntil, longDay, monthName } from "../../kernel/format";
import { daysBetween } from "../../kernel/zone";
import { useDrag } from "../../ui/drag";
import { calendarWords } from "../../words/calendar";
import { Chip } from "./chip";
import { DaySheet } from "./day-sheet";
import type { Entry } from "./entries";
import { moveToDay } from "./move";
import type { Place } from "./place";
import { WeekHead } from "./week-head";

const HEAD = 30;
const LINE = 25;

interface Props {
  place: Place;
  days: Map<string, Entry[]>;
}

export function Month({ place, days }: Props) {
  const all = daysBetween(place.from, place.to);
  const weeks = all.length / 7;
  const grid = useRef<HTMLOListElement>(null);
  const [fits, setFits] = useState(3);
  const over = useSignal<string | null>(null);
  const held = useSignal<string | null>(null);
  useLayoutEffect(() => {
    const look = () => grid.current && setFits(Math.max(1, Math.floor((grid.current.clientHeight / weeks - HEAD) / LINE)));
    look();
    const watch = new ResizeObserver(look);
    if (grid.current) watch.observe(grid.current);
    return () => watch.disconnect();
  }, [weeks]);
  const press = useDrag<Entry>({
    onStart: (entry) => (held.value = entry.row.id),
    onMove: (_, spot) => (over.value = spot.over?.dataset.drop ?? null),
    onDrop: (entry, spot) => spot.over?.dataset.drop && moveToDay(entry, spot.over.dataset.drop),
    onEnd: () => (over.value = held.value = null),
  });
  return (
    <div class="month">
      <WeekHead from={place.from} />
      <ol class={`month-grid weeks-${weeks}`} ref={grid}>
        {all.map((day) => (
          <Cell
            key={day}
            day={day}
            place={place}
            entries={days.get(day) ?? []}
            fits={fits}
            target={over.value === day}
            held={held.value}
            onPress={press}
          />
        ))}
      </ol>
    </div>
  );
}

interface CellProps {
  day: string;
  place: Place;
  entries: Entry[];
  fits: number;
  target: boolean;
  held: string | null;
  onPress: (event: PointerEvent, entry: Entry) => void;
}

function Cell({ day, place, entries, fits, target, held, onPress }: CellProps) {
  const [open, setOpen] = useState(false);
  const cell = useRef<HTMLLIElement>(null);
  const here = day === place.day;
  const away = daysUntil(day);
  // Where not all fit, what is still to be done comes before what is not.
  const shown = entries.length > fits ? entries.toSorted((a, b) => Number(a.settled) - Number(b.settled)).slice(0, fits - 1) : entries;
  const other = day.slice(0, 7) !== place.day.slice(0, 7);
  const look = ["cell", other && "other", away === 0 && "today", target && "target"].filter(Boolean).join(" ");
  return (
    <li
      ref={cell}
      class={look}
      data-drop={day}
      onClick={(event) => {
        if (event.target === event.currentTarget) setOpen(true);
      }}
    >
      <button type="button" class="cell-day" data-day={day} tabIndex={here ? 0 : -1} aria-current={away === 0 ? "date" : undefined} aria-haspopup="dialog" aria-expanded={open} aria-label={calendarWords.day(longDay(day), entries.length)} onClick={() => setOpen(true)}>
        <span>{Number(day.slice(8))}</span>
        {day.endsWith("-01") && <small>{monthName(day, "short")}</small>}
      </button>
      {shown.length > 0 && (
        <ul class="events">
          {shown.map((entry) => (
            <Chip key={entry.row.id} entry={entry} onPress={onPress} ghost={held === entry.row.id} />
          ))}
        </ul>
      )}
      {shown.length < entries.length && (
        <button type="button" class="cell-more" onClick={() => setOpen(true)}>
          {calendarWords.more(entries.length - shown.length)}
        </button>
      )}
      {open && <DaySheet day={day} entries={entries} anchor={cell.current} onClose={() => (setOpen(false), cell.current?.querySelector("button")?.focus())} />}
    </li>
  );
}
