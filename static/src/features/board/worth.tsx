/** What the open records of a board come to. */
import { money } from "../../kernel/format";
import type { Kind } from "../../kernel/schema";
import { boardWords } from "../../words/board";
import { plus, weighted } from "./overlay";
import type { Group, Sum } from "./parts";

/** `£375,100`, and after it what stands in other currencies. */
export function amounts(sum: Sum | undefined): string {
  const parts = Object.entries(sum ?? {}).filter(([, value]) => value !== 0);
  return parts.map(([currency, value]) => money(Math.round(value / 100) * 100, currency, true)).join(" + ");
}

interface Props {
  kind: Kind;
  money: boolean;
  totals: Map<string, Group>;
  open: string[];
  percents: Record<string, number>;
}

export function Worth({ kind, money: counts, totals, open, percents }: Props) {
  const number = open.reduce((all, value) => all + (totals.get(value)?.count ?? 0), 0);
  const sum = open.reduce<Sum>((all, value) => plus(all, totals.get(value)?.sum), {});
  const many = boardWords.openOnes(number === 1 ? kind.one : kind.many);
  if (!counts || !amounts(sum)) return <span class="muted nowrap">{boardWords.worth(number, many).replace(/,$/, "")}</span>;
  const likely = amounts(weighted(totals, open, percents));
  return (
    <>
      <span class="muted nowrap">{boardWords.worth(number, many)}</span>
      <b class="nowrap">{amounts(sum)}</b>
      {likely && <span class="muted nowrap">{boardWords.weighted(likely)}</span>}
    </>
  );
}
