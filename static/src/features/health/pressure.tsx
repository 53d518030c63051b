/** What was given up because memory ran short, and when there was room again. */
import { ago, bytes, moment } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { healthWords as words } from "../../words/health";
import type { CacheFigures } from "./api";

const FEW = 5;
const LOOKS = { none: ["success", "tick"], aside: ["warning", "alert"], hot: ["warning", "alert"], heavy: ["danger", "octagon"] } as const;

export function Pressure({ events }: { events: CacheFigures["pressure"] }) {
  return (
    <section class="card alerts">
      <div class="card-head"><h3>{words.pressure}</h3></div>
      <ul>
        {events.slice(0, FEW).map((event) => {
          const [tone, icon] = LOOKS[event.step];
          return (
            <li key={event.at} title={moment(event.at)}>
              <span class={`tone-${tone}`}><Icon name={icon} /></span>
              <span class="wrap">{words.steps[event.step]} <span class="muted">{words.full(bytes(event.used_bytes), bytes(event.limit_bytes))}</span></span>
              <time dateTime={event.at}>{ago(event.at)}</time>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
