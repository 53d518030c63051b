/** How far a job is, in four steps from being asked for to being finished. */
import type { Row } from "../../kernel/api";
import { ago, clock, day, dayOf, daysUntil, nearDay, today } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { clientWords } from "../../words/client-area";
import { stageOf } from "./standing";

const w = clientWords;

/** A moment of today by the clock, another by its day. */
const near = (at: string): string => (dayOf(at) === today() ? clock(at) : Math.abs(daysUntil(dayOf(at))) < 7 ? nearDay(dayOf(at)) : day(dayOf(at)));

export function Trail({ order }: { order: Row }) {
  const stage = stageOf(order);
  const held = order.status === "on_hold";
  const steps: [string, string][] = [
    [w.stage.asked, ago(String(order.created_at))],
    [held && stage === 1 ? w.stage.waiting : w.stage.planned, planned(order, stage)],
    [held && stage === 2 ? w.stage.waiting : w.stage.onSite, held ? w.stageHow.waits : order.started_at ? w.stageHow.since(near(String(order.started_at))) : ""],
    [w.stage.done, order.completed_at ? near(String(order.completed_at)) : order.due_at ? w.stageHow.by(near(String(order.due_at))) : ""],
  ];
  return (
    <ol class="trail">
      {steps.map(([name, small], at) => (
        <li key={name} class={at < stage || stage === 3 ? "past" : at === stage ? "on" : undefined} aria-current={at === stage ? "step" : undefined}>
          {(at < stage || stage === 3) && (
            <span class="tick">
              <Icon name="check" />
            </span>
          )}
          <b>{name}</b>
          <small>{small}</small>
        </li>
      ))}
    </ol>
  );
}

function planned(order: Row, stage: number): string {
  if (!order.scheduled_at) return stage === 0 ? w.stageHow.soon : "";
  const at = String(order.scheduled_at);
  return `${nearDay(dayOf(at))}, ${clock(at)}`;
}
