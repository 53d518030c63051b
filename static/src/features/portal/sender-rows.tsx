/** The accounts in sight, of however many there are; the arrow keys go through all of them. */
import { memo } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import { number } from "../../kernel/format";
import { useKeys } from "../../kernel/keys";
import { Icon } from "../../ui/icon";
import { reveal, useSight } from "../../ui/sight";
import { words as common } from "../../words";
import { capital } from "../../words/en/parts";
import { portalWords as words } from "../../words/portal";
import { percent } from "./say";
import { type Account, type Asked, bounceTone, isWell, searchOf, type SortName, SORTS } from "./senders";

const w = words.infrastructure;
const HEAD = 32;
const ROW = { desk: 36, phone: 64 };
const STEP = 12;
const WIDTHS: Record<SortName, string | undefined> = { email: undefined, workspace: "20%", status: "132px", daily_limit: "92px", sent: "76px", reply_rate: "80px", bounce_rate: "100px" };
/** Counted since an account began, not by the month. */
const LIFELONG = new Set<SortName>(["sent", "reply_rate", "bounce_rate"]);
const NUMBERS = new Set<SortName>(["daily_limit", "sent", "reply_rate", "bounce_rate"]);

interface Props {
  accounts: Account[];
  asked: Asked;
  phone: boolean;
  onSort: (sort: SortName, down: boolean) => void;
}

export function SenderRows({ accounts, asked, phone, onSort }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const height = phone ? ROW.phone : ROW.desk;
  const head = phone ? 0 : HEAD;
  const { first, end } = useSight(scroller, height, head, accounts.length, `senders?${searchOf(asked)}`, true);
  useEffect(() => setAt(-1), [asked]);
  const step = (to: number) => {
    // The first key marks the row that one sees on top.
    const next = at < 0 ? Math.ceil((scroller.current?.scrollTop ?? 0) / height) : Math.max(0, Math.min(to, accounts.length - 1));
    setAt(next);
    if (scroller.current) reveal(scroller.current, next, height, head);
  };
  const labels = common.list.keys;
  useKeys(
    {
      j: { label: labels.down, run: () => step(at + 1) },
      k: { label: labels.up, run: () => step(at - 1) },
      ArrowDown: { run: () => step(at + 1) },
      ArrowUp: { run: () => step(at - 1) },
      PageDown: { run: () => step(at + STEP) },
      PageUp: { run: () => step(at - STEP) },
      Home: { label: labels.first, run: () => { setAt(0); scroller.current?.scrollTo({ top: 0 }); } },
      End: { label: labels.last, run: () => { setAt(accounts.length - 1); scroller.current?.scrollTo({ top: accounts.length * height }); } },
    },
    w.accounts,
  );
  return (
    <div class="pt-sight" ref={scroller} tabIndex={0} role="region" aria-label={w.accounts} style={{ "--row-h": `${height}px` }}>
      <table class="grid pt-accounts" aria-label={w.accounts} aria-rowcount={accounts.length + 1}>
        <colgroup>{SORTS.map((name) => <col key={name} style={{ width: WIDTHS[name] }} />)}</colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {SORTS.map((name) => {
              const way = asked.sort !== name ? undefined : asked.down ? "descending" : "ascending";
              return (
                <th key={name} scope="col" title={LIFELONG.has(name) ? capital(w.wholeLife) : undefined} class={NUMBERS.has(name) ? "num" : undefined} aria-sort={way}>
                  <button type="button" class="sort" onClick={() => onSort(name, asked.sort === name ? !asked.down : NUMBERS.has(name))}>
                    {w.columns[name]}
                    {way && <Icon name={way === "ascending" ? "arrowup" : "arrowdown"} />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          <Space height={first * height} />
          {accounts.slice(first, end).map((account, i) => <Row key={account.key} account={account} index={first + i} current={first + i === at} />)}
          <Space height={(accounts.length - end) * height} />
        </tbody>
      </table>
    </div>
  );
}

/** A row that stays in sight is not drawn anew. */
const Row = memo(function Row({ account, index, current }: { account: Account; index: number; current: boolean }) {
  const { email, name, workspace, status, daily_limit, sent, reply_rate, bounce_rate } = account;
  const tone = bounceTone(bounce_rate);
  return (
    <tr class={current ? "is-focus" : undefined} aria-rowindex={index + 2} aria-current={current || undefined}>
      <td class="main-cell pa-email" title={name ? `${name}, ${email}` : email}>{email}</td>
      <td class="pa-workspace" title={workspace}>
        {workspace}
        <span class="phone">{w.aDay(number(daily_limit))}</span>
      </td>
      <td class="pa-status">
        <span class="chip" data-tone={isWell(status) ? "rest" : "danger"}>
          <Icon name={isWell(status) ? "tick" : "ban"} />
          {status}
        </span>
      </td>
      <td class="num pa-limit">{number(daily_limit)}</td>
      <td class="num pa-sent">{number(sent)}</td>
      <td class="num pa-replies">{percent(reply_rate)}</td>
      <td class={tone ? `num pa-bounces tone-${tone}` : "num pa-bounces"}>
        {tone && <Icon name="alert" />}
        {percent(bounce_rate)}
        <span class="phone"> {w.bounced}</span>
      </td>
    </tr>
  );
});

/** Stands for the rows that are not drawn. */
function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" class="pt-space">
      <td colSpan={SORTS.length} style={{ height: `${height}px` }} />
    </tr>
  );
}
