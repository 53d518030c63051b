/** Each dashboard: how old it is, how long it took, and whether all of it came. */
import { Link } from "wouter-preact";
import { duration } from "../../../kernel/format";
import { portalHealthWords as words } from "../../../words/portal-health";
import { portalWords } from "../../../words/portal";
import type { Health } from "../shape";
import { Age } from "../standing";

export function Dashboards({ dashboards }: Pick<Health, "dashboards">) {
  return (
    <section class="card" aria-labelledby="ph-dashboards">
      <div class="card-head"><h2 id="ph-dashboards">{words.dashboards}</h2></div>
      <ul class="ph-lines">
        {dashboards.map((one) => (
          <li key={one.dashboard}>
            <Link class="plain" href={`/portal/${one.dashboard}`}><b>{portalWords.names[one.dashboard]}</b></Link>
            <Age at={one.fetched_at} ttl={one.ttl_seconds} failed={one.status === "failed"} />
            <small class="muted">{one.duration_ms === null ? (one.fetched_at ? words.shared : words.never) : words.loaded(duration(one.duration_ms), one.pieces, one.failed)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
