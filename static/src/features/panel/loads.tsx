/** The board of page loads: each visit, the session beside its targets, and a switch per page. */
import { calls } from "../../kernel/api";
import { bytes, clock, number } from "../../kernel/format";
import { setBatched, unbatched } from "../../kernel/pages";
import { type Cost, costOf, visits } from "../../kernel/visits";
import { words } from "../../words";
import { useTick } from "../../ui/tick";

const say = words.panel;
const SHOWN = 20;
/** P26 to P30: what a page and a session may cost. */
const TARGET = { calls: 2, ms: 200, cached: 0.85, sessionCalls: 8, sessionMs: 1500, sessionBytes: 500_000, startMs: 100, referenceMs: 150 };
const PAGES = ["dashboard", "list", "record", "board", "calendar", "dispatch", "today", "client", "settings"] as const;

export function Loads() {
  useTick();
  const all = visits.value.map((visit, i, list) => ({ visit, cost: costOf(visit, list[i + 1]) }));
  return (
    <>
      <Session costs={all.map(({ cost }) => cost)} />
      <h3 class="panel-title">{say.visits}</h3>
      <div class="panel-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{say.page}</th>
              <th scope="col" class="num">{say.at}</th>
              <th scope="col" class="num">{say.calls}</th>
              <th scope="col" class="num">{say.ms}</th>
              <th scope="col" class="num">{say.received}</th>
              <th scope="col" class="num">{say.cached}</th>
            </tr>
          </thead>
          <tbody>
            {all.toReversed().slice(0, SHOWN).map(({ visit, cost }) => (
              <tr key={visit.at}>
                <th scope="row" title={visit.place}>
                  <span class="cut">{visit.place}</span>
                </th>
                <td class="num">{clock(visit.at)}</td>
                <td class={cost.calls > TARGET.calls ? "num over" : "num"}>{number(cost.calls)}</td>
                <td class={cost.ms > TARGET.ms ? "num over" : "num"}>{number(Math.round(cost.ms))}</td>
                <td class="num">{bytes(cost.bytes)}</td>
                <td class="num">{cost.cached === null ? words.empty : say.percent(cost.cached)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Batching />
    </>
  );
}

function Session({ costs }: { costs: Cost[] }) {
  const made = calls.value;
  const counted = made.filter((call) => call.cause !== "timer");
  const waits = costs.reduce((sum, cost) => sum + cost.ms, 0);
  const loaded = costs.filter((cost) => cost.calls > 0);
  const mean = (pick: (cost: Cost) => number) => (costs.length ? costs.reduce((sum, cost) => sum + pick(cost), 0) / costs.length : 0);
  const known = costs.flatMap((cost) => cost.cached ?? []);
  const cached = known.length ? known.reduce((a, b) => a + b) / known.length : 0;
  const start = made.find((call) => call.cause === "sign-in")?.ms;
  const reference = made.find((call) => /\/(schema|pages\/)/.test(call.path))?.ms;
  const size = made.reduce((sum, call) => sum + call.bytes, 0);
  const figures: [label: string, value: string, target: string, over: boolean][] = [
    [say.figures.calls, number(counted.length), say.most(number(TARGET.sessionCalls)), counted.length > TARGET.sessionCalls],
    [say.figures.wait, say.milliseconds(waits), say.most(say.milliseconds(TARGET.sessionMs)), waits > TARGET.sessionMs],
    [say.figures.size, bytes(size), say.about(bytes(TARGET.sessionBytes)), size > TARGET.sessionBytes],
    [say.figures.perPage, number(Math.round(mean((cost) => cost.calls) * 10) / 10), say.most(number(TARGET.calls)), mean((cost) => cost.calls) > TARGET.calls],
    [say.figures.load, say.milliseconds(loaded.length ? waits / loaded.length : 0), say.most(say.milliseconds(TARGET.ms)), loaded.length > 0 && waits / loaded.length > TARGET.ms],
    [say.figures.cached, say.percent(cached), say.least(say.percent(TARGET.cached)), known.length > 3 && cached < TARGET.cached],
    [say.figures.start, start === undefined ? say.none : say.milliseconds(start), say.most(say.milliseconds(TARGET.startMs)), (start ?? 0) > TARGET.startMs],
    [say.figures.reference, reference === undefined ? say.none : say.milliseconds(reference), say.most(say.milliseconds(TARGET.referenceMs)), (reference ?? 0) > TARGET.referenceMs],
  ];
  return (
    <>
      <h3 class="panel-title">{say.session(costs.length)}</h3>
      <dl class="panel-figures">
        {figures.map(([label, value, target, over]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class={over ? "over" : undefined}>{value}</dd>
            <dd class="muted t12">
              {target}
              {over && <span class="hidden-visually">, {say.over}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="muted t12 panel-note">{say.sessionNote}</p>
    </>
  );
}

function Batching() {
  return (
    <>
      <h3 class="panel-title">{say.batching}</h3>
      <p class="muted t12 panel-note">{say.batchingNote}</p>
      <ul class="panel-switches">
        {PAGES.map((page) => (
          <li key={page}>
            <label>
              <input type="checkbox" checked={!unbatched.value.has(page)} onChange={(event) => setBatched(page, event.currentTarget.checked)} />
              {say.pages[page]}
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
