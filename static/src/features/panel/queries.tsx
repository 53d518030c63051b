/** Everything that is kept: its age, whether it is fresh, how often it was of use. */
import type { Query } from "@tanstack/preact-query";
import { number } from "../../kernel/format";
import { client } from "../../kernel/query";
import { reads } from "../../kernel/visits";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { useTick } from "../../ui/tick";

const say = words.panel;

export function Queries() {
  useTick();
  const all = client
    .getQueryCache()
    .getAll()
    // What nobody has asked for yet is not kept.
    .filter(({ state }) => state.status !== "pending" || state.fetchStatus !== "idle")
    .toSorted((a, b) => b.getObserversCount() - a.getObserversCount() || b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  return (
    <>
      <p class="muted t12 panel-note">{say.queriesNote(all.length, all.filter((query) => !query.isStale()).length)}</p>
      <div class="panel-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{say.query}</th>
              <th scope="col">{say.state}</th>
              <th scope="col" class="num">{say.age}</th>
              <th scope="col" class="num">{say.again}</th>
              <th scope="col" class="num">{say.hits}</th>
              <th scope="col" class="num">{say.misses}</th>
              <th scope="col"><span class="hidden-visually">{say.invalidate}</span></th>
            </tr>
          </thead>
          <tbody>
            {all.map((query) => (
              <Line key={query.queryHash} query={query} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ query }: { query: Query }) {
  const { state, queryKey, queryHash } = query;
  const counted = reads.get(queryHash);
  const age = state.dataUpdatedAt ? (Date.now() - state.dataUpdatedAt) / 1000 : null;
  // Read again by itself only while it is on screen.
  const every = Math.min(...query.observers.map(({ options }) => Number(options.refetchInterval) || Infinity));
  const again = Number.isFinite(every) && age !== null ? Math.max(0, every / 1000 - age) : null;
  const name = queryKey.filter((part, i) => i !== 1 || part !== queryKey[0]).map(String).join(" ");
  return (
    <tr>
      <th scope="row" title={name}>
        <span class="cut">{name}</span>
      </th>
      <td>
        <State query={query} />
      </td>
      <td class="num">{age === null ? words.empty : say.seconds(age)}</td>
      <td class="num">{again === null ? words.empty : say.in(again)}</td>
      <td class="num">{number(counted?.hits ?? 0)}</td>
      <td class="num" title={counted?.ms === undefined ? undefined : say.took(counted.ms)}>
        {number(counted?.misses ?? 0)}
      </td>
      <td>
        <Button look="quiet" small icon="refresh" label={`${say.invalidate}: ${name}`} onClick={() => void client.invalidateQueries({ queryKey, exact: true })} />
      </td>
    </tr>
  );
}

function State({ query }: { query: Query }) {
  const { status, fetchStatus } = query.state;
  const [tone, icon, text] =
    fetchStatus === "fetching" ? ["info", "refresh", say.fetching] : status === "error" ? ["danger", "alert", say.failed] : query.isStale() ? ["warning", "clock", say.stale] : ["rest", "tick", say.fresh];
  return (
    <span class="chip" data-tone={tone}>
      <Icon name={icon as string} />
      {text}
    </span>
  );
}
