/** An entry: small in a month, with more lines in a week or an agenda. */
import { useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { clock } from "../../kernel/format";
import { stateOf } from "../../kernel/kinds";
import { fieldOf, kindOf } from "../../kernel/schema";
import { addDays } from "../../kernel/zone";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { choiceLabel } from "../../ui/value";
import { calendarWords } from "../../words/calendar";
import type { Entry } from "./entries";
import { mayMove, moveToDay } from "./move";
import { MoveForm } from "./move-form";

interface Props {
  entry: Entry;
  full?: boolean;
  onPress?: (event: PointerEvent, entry: Entry) => void;
  ghost?: boolean;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function Chip({ entry, full, onPress, ghost }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLLIElement>(null);
  const { kind, row, title, status, settled, late } = entry;
  const [tone, icon] = entry.emergency ? (["danger", "octagon"] as const) : stateOf(status);
  const movable = mayMove(entry);
  const known = kindOf(kind);
  const field = known && fieldOf(known, "status");
  const state = field ? choiceLabel(field, status) : status;
  const time = entry.field === "due_at" && kind === "work-orders" ? calendarWords.dueAt(clock(entry.moment)) : clock(entry.moment);
  const look = ["event", full && "full", kind === "tasks" && "task", settled && "settled", late && "late", ghost && "ghost"].filter(Boolean).join(" ");
  return (
    <li
      ref={root}
      class={look}
      data-tone={tone === "none" || settled ? undefined : tone}
      data-done={settled && status !== "cancelled" ? "" : undefined}
      data-entry={row.id}
      onPointerDown={onPress && movable ? (event) => onPress(event, entry) : undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        setOpen(true);
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (!event.shiftKey || !step || !movable || (event.target as Element).closest(".floating")) return;
        event.preventDefault();
        event.stopPropagation();
        moveToDay(entry, addDays(entry.day, step));
      }}
    >
      <Link href={`/${kind}/${row.id}`} draggable={false} title={full ? undefined : [time, title, entry.place, entry.person, state].filter(Boolean).join(" · ")}>
        <Icon name={kind === "tasks" && !settled ? "task" : icon} />
        <span class="hidden-visually">{late ? `${state}, ${calendarWords.late}` : state}</span>
        {!full && <span class="event-time">{clock(entry.moment)}</span>}
        <span class="event-title">{title}</span>
        {full && <span class="event-time">{time}</span>}
        {full && entry.place && <span class="event-place cut">{entry.place}</span>}
      </Link>
      {full && entry.person && (
        <span class="event-who" title={entry.person}>
          <Avatar name={entry.person} />
          <span class="hidden-visually">{entry.person}</span>
        </span>
      )}
      <span class="event-menu" data-no-drag>
        <Button look="quiet" small icon="dots" tabIndex={full ? 0 : -1} label={calendarWords.actions(title)} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)} />
      </span>
      {open && <MoveForm entry={entry} anchor={root.current} onClose={() => setOpen(false)} />}
    </li>
  );
}
