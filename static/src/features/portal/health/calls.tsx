/** What was asked of the service in the last hour, and how it answered. */
import { duration, number } from "../../../kernel/format";
import { Icon } from "../../../ui/icon";
import { portalHealthWords as words } from "../../../words/portal-health";
import type { Health } from "../shape";

/** Slower than this on average, the service is slow or holds us back. */
const SLOW_MS = 2_000;

export function Calls({ calls }: Pick<Health, "calls">) {
  return (
    <section class="card">
      <div class="card-head"><h2>{words.calls}</h2></div>
      {calls.length === 0 ? (
        <p class="card-body t13 muted">{words.noCalls}</p>
      ) : (
        <div class="ph-scroll" tabIndex={0} role="region" aria-label={words.calls}>
          <table class="ph-table">
            <thead>
              <tr>
                <th scope="col">{words.columns.what}</th>
                <th scope="col" class="num">{words.columns.calls}</th>
                <th scope="col" class="num">{words.columns.errors}</th>
                <th scope="col" class="num">{words.columns.average}</th>
                <th scope="col" class="num">{words.columns.longest}</th>
              </tr>
            </thead>
            <tbody>
              {calls.map((one) => {
                const slow = (one.average_ms ?? 0) > SLOW_MS;
                return (
                  <tr key={one.api}>
                    <th scope="row">{words.apis[one.api] ?? one.api}</th>
                    <td class="num" title={one.repeats > 0 ? words.repeats(one.repeats) : undefined}>{number(one.calls)}</td>
                    <td class={one.errors > 0 ? "num tone-danger" : "num"}>{number(one.errors)}</td>
                    <td class={slow ? "num tone-warning" : "num"}>{slow && <Icon name="alert" />}{one.average_ms === null ? "–" : duration(one.average_ms)}</td>
                    <td class="num">{duration(one.longest_ms)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
