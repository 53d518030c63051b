/** The chart of a report, its figures written beside what they belong to. */
import { ChartCard } from "../../ui/chart/card";
import { Columns } from "../../ui/chart/columns";
import { Levels } from "../../ui/chart/levels";
import type { Point } from "../../ui/chart/points";
import { reportWords as words } from "../../words/reports";
import type { Report } from "./api";
import { brief, inUnit } from "./say";

export function ReportChart({ report }: { report: Report }) {
  const { chart } = report;
  if (!chart) return null;
  const points = chart.points.map((point, i): Point => ({
    key: `${i}${point.label}`,
    label: point.label,
    value: point.value,
    text: inUnit(point.value, chart.unit),
    short: brief(point.value, chart.unit),
    strong: true,
  }));
  return (
    <ChartCard title={chart.title} points={points} columns={[words.named, words.counted]} empty={words.noChart}>
      {chart.kind === "columns" ? <Columns label={chart.title} points={points} /> : <Levels label={chart.title} points={points} />}
    </ChartCard>
  );
}
