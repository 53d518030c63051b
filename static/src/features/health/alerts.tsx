/** What is wrong just now, and what was. */
import { useState } from "preact/hooks";
import { ago, span } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { healthWords as words } from "../../words/health";
import type { Alert } from "./api";

const FEW = 4;

export function Alerts({ open, over }: { open: Alert[]; over: Alert[] }) {
  const [all, setAll] = useState(false);
  const past = all ? over : over.slice(0, Math.max(1, FEW - open.length));
  return (
    <section class="card alerts">
      <div class="card-head">
        <h3>{words.alerts}</h3>
        <span class="t12 muted nowrap">{words.open(open.length)}</span>
      </div>
      {open.length + over.length === 0 && <p class="card-body t13 muted">{words.alertsNone}</p>}
      <ul>
        {[...open, ...past].map((alert) => <Row key={alert.id} alert={alert} />)}
      </ul>
      {over.length > past.length || all ? (
        <button type="button" class="more t12" onClick={() => setAll(!all)}>
          {all ? words.fewer : words.more(over.length - past.length)}
        </button>
      ) : null}
    </section>
  );
}

function Row({ alert }: { alert: Alert }) {
  const grave = alert.severity === "critical";
  const since = new Date(alert.since).getTime();
  const over = alert.until;
  const when = over ? words.lasted(span(new Date(over).getTime() - since), ago(over)) : ago(alert.since);
  return (
    <li title={alert.message}>
      <span class={over ? "tone-success" : grave ? "tone-danger" : "tone-warning"} role="img" aria-label={words.severity[alert.severity]}>
        <Icon name={over ? "tick" : grave ? "octagon" : "alert"} />
      </span>
      <span class={over ? "cut muted" : "cut"}>{alert.title}</span>
      <time dateTime={over ?? alert.since}>{when}</time>
    </li>
  );
}
