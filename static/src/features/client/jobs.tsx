/** Jobs: those that are open, and those that are finished. */
import { useState } from "preact/hooks";
import { clientWords } from "../../words/client-area";
import { LISTS, useRows } from "./api";
import { StatusChip } from "./chips";
import { Page, RequestLink } from "./frame";
import { jobLine } from "./lines";
import { List } from "./rows";

const w = clientWords;

export function Jobs() {
  const [over, setOver] = useState(false);
  const found = useRows(over ? LISTS.over : LISTS.open);
  return (
    <Page title={w.jobs.title} action={<RequestLink />}>
      <div class="segment cl-segment" role="group" aria-label={w.jobs.title}>
        <button type="button" aria-pressed={!over} onClick={() => setOver(false)}>
          {w.jobs.open}
        </button>
        <button type="button" aria-pressed={over} onClick={() => setOver(true)}>
          {w.jobs.over}
        </button>
      </div>
      <List
        key={String(over)}
        found={found}
        empty={over ? { icon: "tick", title: w.jobs.noneOver, how: w.jobs.noneOverHow } : { icon: "clipboard", title: w.jobs.none, how: w.jobs.noneHow }}
        line={(order) => ({
          href: `/work-orders/${order.id}`,
          title: String(order.title),
          small: [order.number, jobLine(order)].filter(Boolean).join(", "),
          chip: <StatusChip kind="work-orders" row={order} />,
        })}
      />
    </Page>
  );
}
