/** What goes on behind the scenes: under way, by the clock, and finished lately. */
import { Failed, Empty, Skeleton } from "../../../ui/state";
import { choreWords } from "../../../words/chores";
import { Section } from "../section";
import { isOpen, useChores } from "./api";
import { Line } from "./line";
import { Schedules } from "./schedules";
import "./style.css";

export function Chores() {
  const { data, error, refetch } = useChores();
  const open = data?.data.filter(isOpen) ?? [];
  const ended = data?.data.filter((chore) => !isOpen(chore)) ?? [];
  return (
    <Section title={choreWords.title} about={choreWords.about}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && open.length === 0 && ended.length === 0 && <Empty icon="tick" title={choreWords.nothing}>{choreWords.nothingHow}</Empty>}
      {open.length > 0 && (
        <section aria-label={choreWords.open}>
          <h3 class="chores-head">{choreWords.open}</h3>
          <ul class="card setrows chores">{open.map((chore) => <Line key={chore.id} chore={chore} />)}</ul>
        </section>
      )}
      {data && data.schedules.length > 0 && <Schedules schedules={data.schedules} open={open} />}
      {ended.length > 0 && (
        <section aria-label={choreWords.ended}>
          <h3 class="chores-head">{choreWords.ended}</h3>
          <ul class="card setrows chores">{ended.map((chore) => <Line key={chore.id} chore={chore} />)}</ul>
        </section>
      )}
    </Section>
  );
}
