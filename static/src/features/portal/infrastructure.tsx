/** Infrastructure: every account that sends, and how it is. */
import { useMemo } from "preact/hooks";
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import { portalWords as words } from "../../words/portal";
import { percent } from "./say";
import { accountsOf, askedOf, isWell, searchOf } from "./senders";
import { SenderList } from "./sender-list";
import type { Shape } from "./shape";
import { FreshStat, Stat } from "./stat";

const w = words.infrastructure;

export function Infrastructure({ board }: { board: Shape["infrastructure"] }) {
  const { totals } = board;
  const accounts = useMemo(() => accountsOf(board.rows), [board]);
  const well = Object.entries(totals.statuses).reduce((sum, [status, count]) => sum + (isWell(status) ? count : 0), 0);
  const off = Object.entries(totals.statuses).filter(([status]) => !isWell(status));
  return (
    <>
      <h2 class="hidden-visually">{words.together}</h2>
      <section class="stats pt-stats" aria-label={words.together}>
        <Stat label={w.accounts} value={number(totals.accounts)} small={w.inWorkspaces(board.loaded)} part={totals.accounts > 0 ? well / totals.accounts : undefined} note={off.length === 0 ? w.allWell : <Off statuses={off} />} />
        <Stat label={w.limit} value={number(totals.daily_limit)} note={w.limitHow} />
        <Stat label={w.replies} value={percent(totals.reply_rate)} note={`${w.bounces(percent(totals.bounce_rate))}, ${w.wholeLife}`} />
        <FreshStat board={board} />
      </section>
      <SenderList accounts={accounts} />
    </>
  );
}

/** Those that do not send, each status a way to its accounts. */
function Off({ statuses }: { statuses: [status: string, count: number][] }) {
  return (
    <>
      {statuses.map(([status, count], i) => (
        <span key={status}>
          {i > 0 && ", "}
          <Link class="link" href={`/portal/infrastructure?${searchOf({ ...askedOf(""), status })}`}>{statuses.length === 1 ? w.off(number(count)) : `${number(count)} ${status}`}</Link>
        </span>
      ))}
    </>
  );
}
