/** All of one day, and the way to add to it. */
import { useId } from "preact/hooks";
import { Link } from "wouter-preact";
import { longDay } from "../../kernel/format";
import { may, useSchema } from "../../kernel/schema";
import { at } from "../../kernel/zone";
import { Icon } from "../../ui/icon";
import { Floating } from "../../ui/menu";
import { calendarWords } from "../../words/calendar";
import { Chip } from "./chip";
import type { Entry } from "./entries";

interface Props {
  day: string;
  entries: Entry[];
  anchor: HTMLElement | null;
  onClose: () => void;
}

export function DaySheet({ day, entries, anchor, onClose }: Props) {
  const id = useId();
  return (
    <Floating anchor={anchor} onClose={onClose}>
      <div class="day-sheet" role="dialog" aria-labelledby={id}>
        <h2 id={id}>{longDay(day)}</h2>
        {entries.length > 0 ? (
          <ul class="events">
            {entries.map((entry) => (
              <Chip key={entry.row.id} entry={entry} full />
            ))}
          </ul>
        ) : (
          <p class="muted t13">{calendarWords.free}</p>
        )}
        <Create day={day} />
      </div>
    </Floating>
  );
}

/** Nine in the morning, and five in the afternoon for what is only to be done by then. */
const STARTS = [
  { kind: "work-orders", field: "scheduled_at", minutes: 9 * 60 },
  { kind: "tasks", field: "due_at", minutes: 17 * 60 },
];

export function Create({ day }: { day: string }) {
  const schema = useSchema();
  const offered = STARTS.flatMap((start) => {
    const kind = schema?.kinds.find((other) => other.name === start.kind);
    return kind && may(kind, "create") ? [{ ...start, one: kind.one }] : [];
  });
  if (offered.length === 0) return null;
  return (
    <p class="day-create">
      {offered.map(({ kind, field, minutes, one }) => (
        <Link key={kind} class="btn small" href={`/${kind}/new?${field}=${at(day, minutes)}`}>
          <Icon name="plus" />
          {calendarWords.new(one)}
        </Link>
      ))}
    </p>
  );
}
