/** Volume: mails sent today and this month against the sending target. */
import { number } from "../../kernel/format";
import { Against } from "../../ui/chart/against";
import { ChartCard } from "../../ui/chart/card";
import { anyCut } from "../../ui/chart/cut";
import { Key } from "../../ui/chart/key";
import { portalWords as words } from "../../words/portal";
import { sumsOf } from "./aim";
import { Progress, Projected } from "./kpi";
import { PaceCard, toTarget } from "./pace-card";
import { month, monthEnd, over, percent } from "./say";
import type { Line, Shape, Volume as Figures } from "./shape";
import { FreshStat, Stat } from "./stat";
import { WorkspaceTable } from "./table";

const w = words.volume;

export function Volume({ board }: { board: Shape["volume"] }) {
  const { totals } = board;
  const rows = board.rows.filter((row): row is Line<Figures> & { figures: Figures } => row.figures !== null);
  const sums = sumsOf(
    { now: totals.sent, end: totals.projected_sent, workspaces: board.loaded },
    { now: totals.sent_to_target, end: totals.projected_to_target, workspaces: totals.with_target, target: totals.target },
  );
  const { now, target, besides } = sums;
  // What a day has to bring holds for those with a target: only their mails count towards it.
  const sum = (of: (figures: Figures) => number | null) => rows.reduce((all, row) => all + (of(row.figures) ?? 0), 0);
  const daily = sum((figures) => figures.daily_target);
  const today = daily > 0 ? sum((figures) => (figures.daily_target === null ? 0 : figures.sent_today)) : totals.sent_today;
  const counted = totals.known_today > 0;
  const aims = rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, name, href: `/workspaces/${workspace_id}`, value: figures.sent_today ?? 0, ahead: null, target: figures.daily_target, text: w.said(figures.sent_today === null ? null : number(figures.sent_today), figures.daily_target === null ? null : number(figures.daily_target)) }));
  return (
    <>
      <h2 class="hidden-visually">{words.together}</h2>
      <section class="stats pt-stats" aria-label={words.together}>
        {counted ? (
          <Stat label={w.today} value={number(today)} small={daily > 0 && words.of(number(daily))} part={daily > 0 ? today / daily : undefined} note={totals.known_today < board.workspaces ? w.known(totals.known_today, board.workspaces) : daily > 0 ? w.dailyHow : w.noTargets} />
        ) : (
          <Stat label={w.today} value="–" note={w.counting} />
        )}
        <Stat
          label={w.sent(month(board))}
          value={number(now)}
          small={target !== null && words.of(number(target))}
          part={totals.progress}
          mark={over(board)}
          note={totals.progress === null ? w.noTargets : toTarget(board, totals.progress, besides)}
        />
        <Stat label={w.replies} value={percent(totals.reply_rate)} note={w.bounces(percent(totals.bounce_rate))} />
        <FreshStat board={board} isWhole={(row) => row.figures?.sent_today !== null} />
      </section>
      <div class="pt-two">
        <PaceCard board={board} sums={sums} withTarget={totals.with_target} title={w.pace} count={w.count} />
        <ChartCard
          title={w.against}
          columns={[words.workspace, w.countToday]}
          points={rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, label: name, value: figures.sent_today ?? 0, text: figures.sent_today === null ? words.waiting : number(figures.sent_today), href: `/workspaces/${workspace_id}` }))}
          note={<Key items={[["strong", w.soFarToday], ["line", w.needed], ...(anyCut(aims) ? [["cut", words.cut] as ["cut", string]] : [])]} />}
          empty={counted ? words.nothingYet : w.counting}
        >
          <Against label={w.against} points={aims} />
        </ChartCard>
      </div>
      <WorkspaceTable
        board={board}
        sift={{ label: words.behind, fits: (figures) => figures.on_target === false }}
        hint={words.markHow(month(board))}
        end={(figures) => [number(figures.sent), figures.target ? words.of(number(figures.target)) : w.todayOf(figures.sent_today === null ? "–" : number(figures.sent_today))]}
        columns={[
          { name: "today", label: words.today, width: 64, num: true, by: (row) => row.figures?.sent_today ?? null, cell: (_, figures) => (figures.sent_today === null ? <span class="dim">–</span> : number(figures.sent_today)) },
          { name: "sent", label: w.count, width: 76, num: true, by: (row) => row.figures?.sent ?? null, cell: (_, figures) => number(figures.sent) },
          { name: "target", label: words.target, width: 78, num: true, by: (row) => row.figures?.target ?? null, cell: (_, figures) => <span class="dim">{figures.target === null ? words.none : number(figures.target)}</span> },
          { name: "progress", label: words.progress, by: (row) => row.figures?.progress ?? null, cell: (row, figures) => <Progress row={row} part={figures.progress} mark={over(board)} /> },
          { name: "projected", label: words.by(monthEnd(board)), width: 142, num: true, by: (row) => row.figures?.projected_sent ?? null, cell: (_, figures) => <Projected value={figures.projected_sent} target={figures.target} /> },
        ]}
      />
    </>
  );
}
