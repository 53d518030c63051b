/** The menu's way to move an entry: a day, and a time. */
import { useId, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { at } from "../../kernel/zone";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Floating } from "../../ui/menu";
import { calendarWords } from "../../words/calendar";
import type { Entry } from "./entries";
import { mayMove, moveTo } from "./move";

const two = (n: number) => String(n).padStart(2, "0");

interface Props {
  entry: Entry;
  anchor: HTMLElement | null;
  onClose: () => void;
}

export function MoveForm({ entry, anchor, onClose }: Props) {
  const [day, setDay] = useState(entry.day);
  const [time, setTime] = useState(`${two(Math.floor(entry.minutes / 60))}:${two(entry.minutes % 60)}`);
  const id = useId();
  const close = () => {
    onClose();
    anchor?.querySelector<HTMLElement>("a")?.focus();
  };
  return (
    <Floating anchor={anchor} onClose={close}>
      <div class="move-form" role="dialog" aria-labelledby={id}>
        <p id={id} class="strong">
          {mayMove(entry) ? calendarWords.moveTitle(entry.title) : entry.title}
        </p>
        {mayMove(entry) && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const [hours = 0, minutes = 0] = time.split(":").map(Number);
              close();
              void moveTo(entry, at(day, hours * 60 + minutes));
            }}
          >
            <label>
              <span class="muted t12">{calendarWords.date}</span>
              <input class="input small" type="date" required value={day} onInput={(event) => setDay(event.currentTarget.value)} />
            </label>
            <label>
              <span class="muted t12">{calendarWords.time}</span>
              <input class="input small" type="time" required value={time} onInput={(event) => setTime(event.currentTarget.value)} />
            </label>
            <Button type="submit">{calendarWords.moveDo}</Button>
          </form>
        )}
        <Link class="move-open" href={`/${entry.kind}/${entry.row.id}`}>
          <Icon name="open" />
          {calendarWords.open}
        </Link>
      </div>
    </Floating>
  );
}
