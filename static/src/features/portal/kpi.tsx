/** KPI: leads against the month's target, and where they lead by its end. */
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import { may, useKind } from "../../kernel/schema";
import { Against } from "../../ui/chart/against";
import { ChartCard } from "../../ui/chart/card";
import { anyCut } from "../../ui/chart/cut";
import { Key } from "../../ui/chart/key";
import { portalWords as words } from "../../words/portal";
import { sumsOf } from "./aim";
import { PaceCard, toTarget } from "./pace-card";
import { month, monthEnd, over, percent, signed } from "./say";
import type { Kpi as Figures, Line, Shape } from "./shape";
import { FreshStat, Meter, Stat } from "./stat";
import { WorkspaceTable } from "./table";

const w = words.kpi;

export function Kpi({ board }: { board: Shape["kpi"] }) {
  const { totals } = board;
  const sums = sumsOf(
    { now: totals.leads, end: totals.projected_leads, workspaces: board.loaded },
    { now: totals.leads_to_target, end: totals.projected_to_target, workspaces: totals.with_target, target: totals.target },
  );
  const { now, end, target, besides } = sums;
  const lead = target === null ? 0 : end - target;
  const rows = board.rows.filter((row): row is Line<Figures> & { figures: Figures } => row.figures !== null);
  const aims = rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, name, href: `/workspaces/${workspace_id}`, value: figures.leads, ahead: figures.projected_leads, target: figures.target, text: w.said(number(figures.leads), number(figures.projected_leads), figures.target === null ? null : number(figures.target)) }));
  return (
    <>
      <h2 class="hidden-visually">{words.together}</h2>
      <section class="stats pt-stats" aria-label={words.together}>
        <Stat
          label={w.leads(month(board))}
          value={number(now)}
          small={target !== null && words.of(number(target))}
          part={totals.progress}
          mark={over(board)}
          note={totals.progress === null ? w.noTargets : toTarget(board, totals.progress, besides)}
        />
        <Stat label={words.paceBy(monthEnd(board))} value={number(end)} note={target === null ? w.noTargets : lead >= 0 ? w.above(number(lead)) : w.below(number(-lead))} />
        <Stat label={w.onTarget} value={number(totals.on_target)} small={w.withTarget(totals.with_target)} part={totals.with_target > 0 ? totals.on_target / totals.with_target : undefined} note={w.without(board.loaded - totals.with_target)} />
        <FreshStat board={board} />
      </section>
      <div class="pt-two">
        <PaceCard board={board} sums={sums} withTarget={totals.with_target} title={w.pace} count={w.count} />
        <ChartCard
          title={w.against}
          columns={[words.workspace, w.count]}
          points={rows.map(({ workspace_id, name, figures }) => ({ key: workspace_id, label: name, value: figures.leads, text: figures.target ? `${number(figures.leads)} ${words.of(number(figures.target))}` : number(figures.leads), href: `/workspaces/${workspace_id}` }))}
          note={<Key items={[["strong", words.soFar], ["faint", words.atPace], ["line", words.target], ...(anyCut(aims) ? [["cut", words.cut] as ["cut", string]] : [])]} />}
          empty={words.nothingYet}
        >
          <Against label={w.against} points={aims} />
        </ChartCard>
      </div>
      <WorkspaceTable
        board={board}
        sift={{ label: words.behind, fits: (figures) => figures.on_target === false }}
        hint={words.markHow(month(board))}
        end={(figures) => [number(figures.leads), figures.target ? words.of(number(figures.target)) : words.none]}
        columns={[
          { name: "leads", label: w.count, width: 72, num: true, by: (row) => row.figures?.leads ?? null, cell: (_, figures) => number(figures.leads) },
          { name: "target", label: words.target, width: 72, num: true, by: (row) => row.figures?.target ?? null, cell: (_, figures) => <span class="dim">{figures.target === null ? words.none : number(figures.target)}</span> },
          { name: "progress", label: words.progress, by: (row) => row.figures?.progress ?? null, cell: (row, figures) => <Progress row={row} part={figures.progress} mark={over(board)} /> },
          { name: "projected", label: words.by(monthEnd(board)), width: 128, num: true, by: (row) => row.figures?.projected_leads ?? null, cell: (_, figures) => <Projected value={figures.projected_leads} target={figures.target} /> },
        ]}
      />
    </>
  );
}

/** A bar against the target, or the way to set one. */
export function Progress({ row, part, mark }: { row: Line; part: number | null; mark: number }) {
  const allowed = may(useKind("workspaces"), "update");
  if (part === null) return allowed ? <Link class="link" href={`/workspaces/${row.workspace_id}/edit`}>{words.setTarget}</Link> : <span class="muted">{words.noTarget}</span>;
  return (
    <span class="pt-progress">
      <Meter part={part} mark={mark} />
      <span>{percent(part)}</span>
    </span>
  );
}

/** Where it leads, and by how much that misses the target. */
export function Projected({ value, target, say = number }: { value: number; target: number | null; say?: (value: number) => string }) {
  const by = target === null ? null : value - target;
  return (
    <>
      {say(value)} {by !== null && <span class={by < 0 ? "tone-danger" : "tone-success"}>{signed(by, say)}</span>}
    </>
  );
}
