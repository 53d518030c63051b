/** What the watch found: what lasts, and what is over. */
import { ago, span } from "../../../kernel/format";
import { Icon } from "../../../ui/icon";
import { portalHealthWords as words } from "../../../words/portal-health";
import type { Health } from "../shape";

type Alert = Health["alerts"][number];

const long = (since: string, until?: string) => span((until ? Date.parse(until) : Date.now()) - Date.parse(since));

export function Alerts({ alerts }: Pick<Health, "alerts">) {
  return (
    <section class="card" aria-labelledby="ph-alerts">
      <div class="card-head ruled"><h2 id="ph-alerts">{words.alerts}</h2></div>
      <ul class="ph-alerts">{alerts.map((alert) => <Line key={alert.id} alert={alert} />)}</ul>
    </section>
  );
}

function Line({ alert: { since, until, severity, message } }: { alert: Alert }) {
  const [tone, icon] = until ? (["success", "tick"] as const) : severity === "critical" ? (["danger", "octagon"] as const) : (["warning", "alert"] as const);
  return (
    <li>
      <span class={`tone-${tone}`} role="img" aria-label={until ? words.over : words.severity[severity]}><Icon name={icon} /></span>
      <span class={until ? "muted" : undefined}>{message}</span>
      <time dateTime={until ?? since} class="muted t12">{until ? words.lasted(long(since, until), ago(until)) : words.lasts(long(since))}</time>
    </li>
  );
}
