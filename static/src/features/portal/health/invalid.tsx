/** What came and was not as declared: counted over the day, and the latest of the hour one by one. */
import { Link } from "wouter-preact";
import { clock, number } from "../../../kernel/format";
import { portalHealthWords as words } from "../../../words/portal-health";
import type { Health } from "../shape";

export function Invalid({ errors: { by_source: counts, latest } }: Pick<Health, "errors">) {
  return (
    <section class="card" aria-labelledby="ph-invalid">
      <div class="card-head ruled"><h2 id="ph-invalid">{words.invalid}</h2></div>
      {counts.length + latest.length === 0 ? (
        <p class="card-body t13 muted ph-none">{words.noInvalid}</p>
      ) : (
        <div class="ph-invalid">
          <div>
            <h3>{words.day}</h3>
            <ul class="ph-counts">
              {counts.map((one) => (
                <li key={`${one.source}/${one.type}`}>
                  <span>{words.apis[one.source] ?? one.source}</span>
                  <span class="muted">{words.types[one.type] ?? one.type}</span>
                  <b class="num">{number(one.count)}</b>
                </li>
              ))}
            </ul>
          </div>
          <div>
            <h3>{words.hour(latest.length)}</h3>
            {latest.length === 0 && <p class="t13 muted">{words.noneThisHour}</p>}
            <div class="ph-latest" tabIndex={0} role="region" aria-label={words.hour(latest.length)}><ul>
              {latest.map((one, i) => (
                <li key={i}>
                  <time dateTime={one.at} class="muted">{clock(one.at)}</time>
                  <span>
                    {one.workspace_id && one.name && <Link class="plain" href={`/workspaces/${one.workspace_id}`}><b>{one.name}</b></Link>}
                    <span>{one.message}</span>
                    <small class="muted">{words.where(words.apis[one.source] ?? one.source, one.pointer)}</small>
                  </span>
                </li>
              ))}
            </ul></div>
          </div>
        </div>
      )}
    </section>
  );
}
