/** A moment beside a deed: the time today, else the day; the whole of it on hover. */
import { clock, day, dayOf, moment, today } from "../../kernel/format";

export function When({ at }: { at: string }) {
  const on = dayOf(at);
  return (
    <time dateTime={at} title={moment(at)}>
      {on === today() ? clock(at) : `${day(on)}, ${clock(at)}`}
    </time>
  );
}
