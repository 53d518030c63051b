/** The last day in charts, a quarter of an hour to a point. */
import { bytes, clock, number } from "../../kernel/format";
import { ChartCard } from "../../ui/chart/card";
import type { LinePoint } from "../../ui/chart/line";
import { Lines } from "../../ui/chart/lines";
import type { Point } from "../../ui/chart/points";
import { healthWords as words } from "../../words/health";
import type { Performance } from "./api";
import { ms } from "./say";

type Quarter = Performance["day"][number];
const QUARTER = 15 * 60_000;
const DAY = 24 * 3_600_000;

interface Props {
  seen: Performance;
}

const line = (day: Quarter[], value: (quarter: Quarter) => number | null): LinePoint[] =>
  day.flatMap((quarter) => {
    const told = value(quarter);
    return told === null ? [] : [{ at: Date.parse(quarter.at), value: told }];
  });

function table(day: Quarter[], value: (quarter: Quarter) => number | null, say: (value: number) => string): Point[] {
  return day.flatMap((quarter): Point[] => {
    const told = value(quarter);
    return told === null ? [] : [{ key: quarter.at, label: clock(quarter.at), value: told, text: say(told) }];
  });
}

/** A day that ends with the quarter under way. */
function frame(day: Quarter[]): { from: number; to: number; step: number } {
  const to = day.at(-1) ? Date.parse((day.at(-1) as Quarter).at) : Date.now();
  return { from: to - DAY, to, step: QUARTER };
}

export function MemoryDay({ seen: { day, memory } }: Props) {
  const now = bytes(memory.resident_bytes);
  const peak = Math.max(0, ...day.map((quarter) => quarter.memory_bytes));
  // A limit far above would press the line flat onto the axis.
  const near = memory.limit_bytes > 0 && peak * 4 > memory.limit_bytes;
  const limits = near ? [{ value: memory.limit_bytes, label: words.limit(bytes(memory.limit_bytes)), tone: "danger" as const }] : [];
  return (
    <ChartCard title={words.memory} points={table(day, (q) => q.memory_bytes, bytes)} columns={[words.columns.time, words.columns.memory]} note={words.memoryNow(now, bytes(memory.limit_bytes))} empty={words.soFar}>
      <Lines label={words.memory} {...frame(day)} limits={limits} least={peak * 1.5} lines={[{ name: words.now, tone: "steel", area: true, end: now, points: line(day, (q) => q.memory_bytes) }]} />
    </ChartCard>
  );
}

export function AnswerDay({ seen: { day, requests } }: Props) {
  const latest = day.findLast((quarter) => quarter.p95_ms !== null);
  const one = (name: "p50" | "p95" | "p99", tone: "green" | "steel" | "amber") => {
    const of = (quarter: Quarter) => quarter[`${name}_ms`];
    return { name: words.lines[name], tone, end: ms((latest && of(latest)) ?? 0), points: line(day, of) };
  };
  return (
    <ChartCard title={words.time} points={table(day, (q) => q.p95_ms, ms)} columns={[words.columns.time, words.columns.answer]} note={words.timeNow(requests.hour.count)} empty={words.soFar}>
      <Lines label={words.time} {...frame(day)} lines={[one("p99", "amber"), one("p95", "steel"), one("p50", "green")]} />
    </ChartCard>
  );
}

export function RequestDay({ seen: { day, requests } }: Props) {
  const failed = requests.day.failed;
  const lines = [
    { name: words.asked, tone: "steel" as const, area: true, end: number(day.at(-1)?.requests ?? 0), points: line(day, (q) => q.requests) },
    ...(failed > 0 ? [{ name: words.failed, tone: "danger" as const, end: number(day.at(-1)?.failed ?? 0), points: line(day, (q) => q.failed) }] : []),
  ];
  return (
    <ChartCard title={words.requests} points={table(day, (q) => q.requests, number)} columns={[words.columns.time, words.columns.requests]} note={words.requestsNow(failed)} empty={words.soFar}>
      <Lines label={words.requests} {...frame(day)} lines={lines} />
    </ChartCard>
  );
}
