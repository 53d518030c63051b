/** Volume: mails sent today and this month against the sending target. */
import { number } from "../../kernel/format";
import { Against } from "../../ui/chart/against";
import { ChartCard } from "../../ui/chart/card";
import { Pace } from "../../ui/chart/pace";
import { portalWords as words } from "../../words/portal";
import { Progress, Projected } from "./kpi";
import { month, monthEnd, over, percent } from "./say";
import type { Line, Shape, Volume as Figures } from "./shape";
import { FreshStat, Stat } from "./stat";
import { WorkspaceTable } from "./table";

const w = words.volume;

export function Volume({ board }: { board: Shape["volume"] }) {
  const { totals } = board;
  const rows = board.rows.filter((row): row is Line<Figures> & { figures: Figures } => row.figures !== null);
  const daily = rows.reduce((sum, row) => sum + (row.figures.daily_target ?? 0), 0);
  return (
    <>
      <h2 class="hidden-visually">{words.together}</h2>
      <section class="stats pt-stats" aria-label={words.together}>
        <Stat label={w.today} value={number(totals.sent_today)} small={daily > 0 && words.of(number(daily))} part={daily > 0 ? totals.sent_today / daily : undefined} note={totals.known_today < board.workspaces ? w.known(totals.known_today, board.workspaces) : w.dailyHow} />
        <Stat
          label={w.sent(month(board))}
          value={number(totals.sent)}
          small={totals.target > 0 && words.of(number(totals.target))}
          part={totals.progress}
          mark={over(board)}
          note={totals.progress === null ? w.noTargets : words.toTarget(percent(totals.progress), percent(over(board)), month(board))}
        />
        <Stat label={w.replies} value={percent(totals.reply_rate)} note={w.bounces(percent(totals.bounce_rate))} />
        <FreshStat board={board} />
      </section>
      <div class="pt-two">
        <ChartCard
          title={w.pace}
          columns={[words.what0, w.count]}
          points={[
            { key: "now", label: words.soFar, value: totals.sent, text: number(totals.sent) },
            { key: "end", label: monthEnd(board), value: totals.projected_sent, text: number(totals.projected_sent) },
            { key: "target", label: words.target, value: totals.target, text: totals.target > 0 ? number(totals.target) : words.none },
          ]}
          note={words.paceHow}
          empty={words.nothingYet}
        >
          <Pace label={w.pace} now={totals.sent} end={totals.projected_sent} target={totals.target || null} share={over(board)} say={number} ends={["1", monthEnd(board)]} words={words.chart} />
        </ChartCard>
        <ChartCard
          title={w.against}
          columns={[words.workspace, w.countToday]}
          points={rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, label: name, value: figures.sent_today ?? 0, text: figures.sent_today === null ? words.waiting : number(figures.sent_today), href: `/workspaces/${workspace_id}` }))}
          note={w.againstHow}
          empty={words.nothingYet}
        >
          <Against
            label={w.against}
            points={rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, name, href: `/workspaces/${workspace_id}`, value: figures.sent_today ?? 0, ahead: null, target: figures.daily_target, text: w.said(number(figures.sent_today ?? 0), figures.daily_target === null ? null : number(figures.daily_target)) }))}
          />
        </ChartCard>
      </div>
      <WorkspaceTable
        board={board}
        sift={{ label: words.behind, fits: (figures) => figures.on_target === false }}
        hint={words.markHow(month(board))}
        end={(figures) => [number(figures.sent), figures.target ? words.of(number(figures.target)) : w.todayOf(number(figures.sent_today ?? 0))]}
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
