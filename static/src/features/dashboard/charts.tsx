/** The three charts of the office. */
import { day, humane, moneyInBrief, monthName, number } from "../../kernel/format";
import { useKind } from "../../kernel/schema";
import { ChartCard } from "../../ui/chart/card";
import { Columns } from "../../ui/chart/columns";
import { Levels } from "../../ui/chart/levels";
import type { Point } from "../../ui/chart/points";
import { choiceLabel } from "../../ui/value";
import { dashboardWords } from "../../words/dashboard";
import { inCurrency, mainSum, round, type Tile } from "./shape";
import { months, weeks } from "./spans";

const say = dashboardWords.charts;
const WEEKS = 12;
const MONTHS = 12;

export function CompletedChart({ tile }: { tile: Tile }) {
  const found = new Map(tile.summary?.groups?.map((group) => [group.value, group.count]));
  const spans = weeks(WEEKS);
  const points = spans.map((span, i): Point => {
    const last = i === spans.length - 1;
    const count = found.get(span.value) ?? 0;
    return {
      key: span.value,
      label: last ? say.thisWeek : day(span.from).replace(/ \d{4}$/, ""),
      whole: last ? say.thisWeekSoFar : say.weekOf(day(span.from)),
      value: count,
      text: number(count),
      href: `/${tile.kind}?completed_at[gte]=${span.from}&completed_at[lt]=${span.to}`,
      strong: last,
    };
  });
  return (
    <ChartCard title={say.completed} points={points} columns={[say.week, say.completedColumn]} empty={say.noneCompleted}>
      <Columns label={say.completed} points={points} />
    </ChartCard>
  );
}

export function StagesChart({ tile }: { tile: Tile }) {
  const field = useKind(tile.kind)?.fields.find((f) => f.name === "stage");
  const { currency, others } = mainSum(tile.summary?.sum);
  const points = (tile.summary?.groups ?? []).map((group): Point => {
    const minor = inCurrency(group.sum, currency);
    const stage = String(group.value);
    const name = group.label ?? (field ? choiceLabel(field, stage) : humane(stage));
    return {
      key: stage,
      label: name,
      whole: say.stageOf(name, group.count),
      value: minor,
      text: round(minor, currency),
      href: `/${tile.kind}?stage=${encodeURIComponent(stage)}`,
    };
  });
  return (
    <ChartCard title={say.stages} points={points} columns={[say.stage, say.value]} note={others ? say.only(currency) : undefined} empty={say.noDeals}>
      <Levels label={say.stages} points={points} />
    </ChartCard>
  );
}

export function WonChart({ tile }: { tile: Tile }) {
  const { currency, others } = mainSum(tile.summary?.sum);
  const found = new Map(tile.summary?.groups?.map((group) => [group.value, group]));
  const spans = months(MONTHS);
  const stages = tile.query.match(/(?:^|&)(stage[^=&]*=[^&]*)/)?.[1];
  const points = spans.map((span, i): Point => {
    const last = i === spans.length - 1;
    const group = found.get(span.value);
    const minor = inCurrency(group?.sum, currency);
    return {
      key: span.value,
      label: monthName(span.from, "short"),
      whole: last ? say.soFar(monthName(span.from)) : monthName(span.from),
      value: minor,
      text: round(minor, currency),
      short: moneyInBrief(minor, currency),
      href: `/${tile.kind}?${stages ? `${stages}&` : ""}closed_on[gte]=${span.from}&closed_on[lt]=${span.to}`,
      strong: last,
    };
  });
  return (
    <ChartCard title={say.won} points={points} columns={[say.month, say.value]} note={others ? say.only(currency) : undefined} empty={say.noneWon}>
      <Columns label={say.won} points={points} />
    </ChartCard>
  );
}

