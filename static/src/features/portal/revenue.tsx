/** Revenue: what the leads earn, less what each workspace costs. */
import { Link } from "wouter-preact";
import { money, number } from "../../kernel/format";
import { may, useKind } from "../../kernel/schema";
import { ChartCard } from "../../ui/chart/card";
import { anySwingCut } from "../../ui/chart/cut";
import { Key } from "../../ui/chart/key";
import { Swings } from "../../ui/chart/swings";
import { Icon } from "../../ui/icon";
import { portalWords as words } from "../../words/portal";
import { amount, month, monthEnd, percent } from "./say";
import type { Line, Money, Revenue as Figures, Shape } from "./shape";
import { FreshStat, Stat } from "./stat";
import { WorkspaceTable } from "./table";

const w = words.revenue;
const NOTHING: Money = { currency: "GBP", revenue: 0, projected_revenue: 0, cost: 0, profit: 0, projected_profit: 0, margin: null, projected_margin: null };

export function Revenue({ board }: { board: Shape["revenue"] }) {
  const { totals } = board;
  // Currencies cannot be added up: the one that earns most leads, the others have a line of their own.
  const [first = NOTHING, ...others] = [...totals.currencies].sort((a, b) => b.projected_revenue - a.projected_revenue);
  const { currency } = first;
  const alike = board.rows.filter((row): row is Line<Figures> & { figures: Figures } => row.figures !== null && row.figures.currency === currency);
  const priced = alike.filter((row) => row.figures.projected_profit !== null);
  // Leads without a price, or in another currency, are no part of the revenue.
  const leads = alike.reduce((sum, { figures }) => sum + (figures.revenue === null ? 0 : figures.leads), 0);
  const swings = priced.map(({ workspace_id, name, figures }) => ({ key: workspace_id, name, href: `/workspaces/${workspace_id}`, value: figures.projected_profit ?? 0, text: amount(figures.projected_profit ?? 0, currency) }));
  return (
    <>
      <h2 class="hidden-visually">{words.together}</h2>
      <section class="stats pt-stats" aria-label={words.together}>
        <Stat label={w.revenue(month(board))} value={amount(first.revenue, currency)} note={w.leads(number(leads), amount(first.projected_revenue, currency), monthEnd(board))} />
        <Stat label={w.cost} value={amount(first.cost, currency)} note={w.priced(priced.length, alike.length, others.length > 0 ? currency : null)} />
        <Stat
          label={w.profit(monthEnd(board))}
          value={amount(first.projected_profit, currency)}
          small={first.projected_margin !== null && w.margin(percent(first.projected_margin))}
          tone={first.projected_profit < 0 ? "tone-danger" : undefined}
          note={w.soFar(amount(first.profit, currency))}
        />
        <FreshStat board={board} />
      </section>
      {others.length > 0 && (
        <ul class="pt-currencies t13 muted">
          {others.map((one) => <li key={one.currency}>{w.also(one.currency, amount(one.revenue, one.currency), amount(one.projected_profit, one.currency), monthEnd(board))}</li>)}
        </ul>
      )}
      <ChartCard
        title={w.chart(monthEnd(board))}
        columns={[words.workspace, w.profitOf]}
        points={priced.map(({ workspace_id, name, figures }) => ({ key: workspace_id, label: name, value: figures.projected_profit ?? 0, text: amount(figures.projected_profit ?? 0, currency), href: `/workspaces/${workspace_id}` }))}
        note={<><p>{w.chartHow}</p>{anySwingCut(swings) && <Key items={[["cut", words.cut]]} />}</>}
        empty={w.noPrices}
      >
        <Swings label={w.chart(monthEnd(board))} points={swings} />
      </ChartCard>
      <WorkspaceTable
        board={board}
        sift={{ label: w.negative, fits: (figures) => (figures.projected_profit ?? 0) < 0 }}
        end={(figures) => [figures.projected_profit === null ? w.noPrice : <Profit value={figures.projected_profit} figures={figures} />, w.leadsOf(figures.leads)]}
        columns={[
          { name: "leads", label: words.kpi.count, width: 60, num: true, by: (row) => row.figures?.leads ?? null, cell: (_, figures) => number(figures.leads) },
          { name: "price", label: w.price, width: 70, num: true, by: (row) => row.figures?.price_per_lead ?? null, cell: (row, figures) => <Set row={row} value={figures.price_per_lead} currency={figures.currency} /> },
          { name: "cost", label: w.costOf, width: 78, num: true, by: (row) => row.figures?.cost ?? null, cell: (row, figures) => <Set row={row} value={figures.cost} currency={figures.currency} /> },
          { name: "revenue", label: w.soFarHead, width: 88, num: true, by: (row) => row.figures?.revenue ?? null, cell: (_, figures) => (figures.revenue === null ? <span class="dim">–</span> : amount(figures.revenue, figures.currency)) },
          { name: "profit", label: w.profitBy(monthEnd(board)), width: 160, num: true, by: (row) => row.figures?.projected_profit ?? null, cell: (_, figures) => (figures.projected_profit === null ? <span class="dim">–</span> : <Profit value={figures.projected_profit} figures={figures} />) },
        ]}
      />
    </>
  );
}

/** A loss is marked by its colour, its sign and a picture. */
function Profit({ value, figures }: { value: number; figures: Figures }) {
  return (
    <span class={value < 0 ? "pt-loss tone-danger" : undefined}>
      {value < 0 && <Icon name="arrowdown" />}
      {amount(value, figures.currency)}
      {figures.projected_margin !== null && <span class={value < 0 ? undefined : "muted"}> {percent(figures.projected_margin)}</span>}
    </span>
  );
}

function Set({ row, value, currency }: { row: Line; value: number | null; currency: string }) {
  const allowed = may(useKind("workspaces"), "update");
  if (value !== null) return <>{money(value, currency, true)}</>;
  return allowed ? <Link class="link" href={`/workspaces/${row.workspace_id}/edit`}>{words.set}</Link> : <span class="dim">{words.none}</span>;
}
