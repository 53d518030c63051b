/** The last weeks: how the service answered, whether that gets better, and what goes wrong again and again. */
import { useQuery } from "@tanstack/preact-query";
import { get, type Problem } from "../../../kernel/api";
import { day as dayText, duration, number } from "../../../kernel/format";
import { ChartCard } from "../../../ui/chart/card";
import { Columns } from "../../../ui/chart/columns";
import { Failed } from "../../../ui/state";
import { portalHealthWords as words } from "../../../words/portal-health";
import { portalWords } from "../../../words/portal";
import { percent } from "../say";
import type { Review as Seen, Span } from "../shape";

/** The weeks do not change while one looks at them. */
const STALE_MS = 5 * 60_000;

export function Review() {
  const { data, error, refetch } = useQuery<Seen, Problem>({
    queryKey: ["portal", "workspaces", "review"],
    queryFn: ({ signal }) => get<Seen>("portal/review", signal),
    staleTime: STALE_MS,
  });
  if (!data) return error ? <Failed problem={error} onRetry={() => void refetch()} /> : null;
  return (
    <>
      <section class="card" aria-labelledby="ph-review">
        <div class="card-head"><h2 id="ph-review">{words.review}</h2></div>
        <div class="ph-spans">
          {(["week", "week_before", "month"] as const).map((name) => <Summed key={name} label={words.spans[name]} span={data[name]} />)}
        </div>
      </section>
      <div class="pt-two">
        <ChartCard
          title={words.trend}
          columns={[words.columns.day, words.columns.average]}
          points={data.days.map((one) => ({ key: one.day, label: short(one.day), whole: `${dayText(one.day)}, ${words.answeredOf(percent(one.answered))}`, value: one.average_ms ?? 0, text: one.average_ms === null ? "–" : duration(one.average_ms), strong: one === data.days.at(-1) }))}
          note={words.trendHow}
          empty={words.noCalls}
        >
          <Columns label={words.trend} points={data.days.map((one) => ({ key: one.day, label: short(one.day), whole: dayText(one.day), value: one.average_ms ?? 0, text: one.average_ms === null ? "–" : duration(one.average_ms), strong: one === data.days.at(-1) }))} />
        </ChartCard>
        <section class="card" aria-labelledby="ph-again">
          <div class="card-head"><h2 id="ph-again">{words.recurring}</h2></div>
          {data.recurring.length === 0 ? (
            <p class="card-body t13 muted">{words.noneRecurring}</p>
          ) : (
            <ul class="ph-again">
              {data.recurring.map((one) => (
                <li key={`${one.source}/${one.type}`}>
                  <span>{words.apis[one.source] ?? one.source}</span>
                  <span class="muted">{words.types[one.type] ?? one.type}</span>
                  <span class="num"><b>{number(one.count)}</b> <span class="muted">{words.onDays(one.days)}</span></span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <Limits settings={data.settings} />
    </>
  );
}

/** `21 Nov`, in the room that a column has. */
const short = (day: string): string => dayText(day).replace(/^(\d+ \S{3})\S*.*$/, "$1");

function Summed({ label, span }: { label: string; span: Span }) {
  return (
    <div>
      <h3>{label}</h3>
      <p class="ph-answered">{percent(span.answered)} <small>{words.answered}</small></p>
      <p class="t13 muted">{span.calls === 0 ? words.noneAsked : words.summed(span.calls, span.errors, span.average_ms === null ? null : duration(span.average_ms), span.invalid)}</p>
    </div>
  );
}

function Limits({ settings }: { settings: Seen["settings"] }) {
  const ttls = settings.ttls.map((one) => words.ttl(portalWords.names[one.dashboard], one.seconds)).join(", ");
  return <p class="t12 muted ph-limits">{words.limits(settings.window, settings.attempts, settings.timeout_seconds, settings.keep_days)} {words.ttls(ttls)}</p>;
}
