/** What takes long: how often, how long, and in a fold how the database goes about it. */
import { useState } from "preact/hooks";
import { number } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { healthWords as words } from "../../words/health";
import type { Health, SlowQuery } from "./api";
import { asked, ms } from "./say";

const FEW = 8;

export function Slow({ seen }: { seen: Health["slow"] }) {
  const [all, setAll] = useState(false);
  const rest = seen.data.length - FEW;
  return (
    <section class="card slow-card">
      <div class="card-head">
        <h3>{words.slow}</h3>
        <span class="t12 muted nowrap">{words.over(seen.threshold_ms)}</span>
      </div>
      {seen.data.length === 0 ? (
        <p class="card-body t13 muted">{words.slowNone}</p>
      ) : (
        <>
          <div class="slow-head" aria-hidden="true">
            <span>{words.slowColumns.what}</span>
            <span>{words.slowColumns.mean}</span>
            <span>{words.slowColumns.times}</span>
          </div>
          <ul class="slow">
            {seen.data.slice(0, all ? undefined : FEW).map((query, i) => <Row key={`${i}${query.first_at}`} query={query} />)}
          </ul>
          {rest > 0 && (
            <button type="button" class="more t12" onClick={() => setAll(!all)}>{all ? words.fewer : words.more(rest)}</button>
          )}
        </>
      )}
    </section>
  );
}

function Row({ query }: { query: SlowQuery }) {
  return (
    <li>
      <details>
        <summary>
          <Icon name="right" />
          <span class="cut">{asked(query)}</span>
          <span>{ms(query.mean_ms)}</span>
          <span class="muted">{number(query.count)}</span>
        </summary>
        <div class="slow-plan">
          <p class="t12 muted">
            {words.slowColumns.total} {ms(query.total_ms)}
            {query.scans && <> · <span class="tone-warning">{words.scans}</span></>}
          </p>
          <p class="t12 muted">{words.plan}</p>
          {query.plan === null ? <p class="t12">{words.planYet}</p> : query.plan.length === 0 ? <p class="t12">{words.planNone}</p> : <Code label={words.plan} text={query.plan.join("\n")} />}
          {query.sql && <Code label="SQL" text={query.sql} />}
        </div>
      </details>
    </li>
  );
}

/** May be wider than its card, and is then moved with the keys. */
function Code({ label, text }: { label: string; text: string }) {
  return <pre tabIndex={0} role="region" aria-label={label}>{text}</pre>;
}
