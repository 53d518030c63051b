/** The imports of before: how they stand, and the way into each. */
import { useQuery } from "@tanstack/preact-query";
import { Link } from "wouter-preact";
import type { Problem } from "../../kernel/api";
import { ago, number } from "../../kernel/format";
import { iconOf, type Tone } from "../../kernel/kinds";
import { kindOf } from "../../kernel/schema";
import { Icon, type IconName } from "../../ui/icon";
import { importWords } from "../../words/imports";
import { type Brief, isUnderWay, list, type State } from "./api";
import { LATEST } from "./use-import";

const LOOKS: Record<State, [Tone | undefined, IconName]> = {
  draft: [undefined, "dashed"],
  checking: ["info", "half"],
  checked: [undefined, "dashed"],
  running: ["info", "half"],
  done: ["rest", "tick"],
  failed: ["danger", "alert"],
  cancelled: [undefined, "ban"],
  reverting: ["info", "half"],
  reverted: [undefined, "undo"],
};

export function StateChip({ state }: { state: State }) {
  const [tone, icon] = LOOKS[state];
  return (
    <span class="chip" data-tone={tone}>
      <Icon name={icon} />
      {importWords.state[state]}
    </span>
  );
}

export function Latest() {
  const { data } = useQuery<Brief[], Problem>({
    queryKey: LATEST,
    queryFn: ({ signal }) => list(signal),
    staleTime: 10_000,
    refetchInterval: (query) => (query.state.data?.some((one) => isUnderWay(one.state)) ? 1500 : false),
  });
  return (
    <section class="card" aria-labelledby="latest">
      <div class="card-head ruled"><h2 id="latest">{importWords.latest}</h2></div>
      {data?.length === 0 && <p class="muted t13 pad-card">{importWords.latestEmpty}</p>}
      <ul class="latest">
        {data?.slice(0, 20).map((one) => (
          <li key={one.id}>
            <Link href={`/import/${one.kind}?id=${one.id}`}>
              <Icon name={iconOf(one.kind)} />
              <span class="grow">
                <span class="cut block">{one.file_name}</span>
                <small class="muted">{`${summary(one)}, ${ago(one.updated_at)}`}</small>
              </span>
              <StateChip state={one.state} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function summary(one: Brief): string {
  const many = kindOf(one.kind)?.many ?? one.kind;
  return one.done > 0 ? `${number(one.created + one.updated)} ${many}` : `${number(one.total)} ${many}`;
}
