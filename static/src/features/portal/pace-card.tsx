/** The month so far and where it leads, against the target; for whatever is counted. */
import { number } from "../../kernel/format";
import { ChartCard } from "../../ui/chart/card";
import { Pace } from "../../ui/chart/pace";
import { portalWords as words } from "../../words/portal";
import type { sumsOf } from "./aim";
import { month, monthEnd, over, percent } from "./say";
import type { Board } from "./shape";

type Sums = ReturnType<typeof sumsOf>;

interface Props {
  board: Board;
  sums: Sums;
  /** Workspaces that have one. */
  withTarget: number;
  title: string;
  /** What is counted. */
  count: string;
}

export function PaceCard({ board, sums: { now, end, target, besides }, withTarget, title, count }: Props) {
  return (
    <ChartCard
      title={title}
      columns={[words.what0, count]}
      points={[
        { key: "now", label: words.soFar, value: now, text: number(now) },
        { key: "end", label: monthEnd(board), value: end, text: number(end) },
        { key: "target", label: words.target, value: target ?? 0, text: target === null ? words.none : number(target) },
      ]}
      note={besides ? words.paceOf(withTarget, number(besides.now), besides.workspaces) : words.paceHow}
      empty={words.nothingYet}
    >
      <Pace label={title} now={now} end={end} target={target} share={over(board)} say={number} ends={["1", monthEnd(board)]} words={words.chart} />
    </ChartCard>
  );
}

/** `63 % of target, 70 % of November is over`, and what those without a target add. */
export const toTarget = (board: Board, progress: number, besides: Sums["besides"]) =>
  [words.toTarget(percent(progress), percent(over(board)), month(board)), besides && words.besides(number(besides.now), besides.workspaces)].filter(Boolean).join(". ");
