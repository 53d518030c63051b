/** The day's round in order, what is done, and a first look at what comes after. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { clock, dayOf, daysUntil, longDay, monthName, nearDay, today } from "../../kernel/format";
import { fieldOf, type Kind, kindOf, may } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { State } from "../../ui/value";
import { todayWords } from "../../words/today";
import { finishTask } from "./api";
import { placeOf, timeOf } from "./order";

const w = todayWords;

interface Props {
  done: Row[];
  stops: Row[];
  here: string | undefined;
  kind: Kind | undefined;
}

export function Route({ done, stops, here, kind }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card" aria-label={w.all}>
      <ol class={open ? "route open" : "route"}>
        {done.map((order) => (
          <Stop key={order.id} order={order} kind={kind} state="done" here={order.id === here} />
        ))}
        {stops.map((order, i) => (
          <Stop key={order.id} order={order} kind={kind} at={done.length + i + 1} here={order.id === here} />
        ))}
        {done.length > 0 && (
          <li class="sum phone">
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              <span class="node">
                <Icon name="check" />
              </span>
              <span class="grow">{w.route.done(done.length)}</span>
              <Icon name={open ? "up" : "down"} />
            </button>
          </li>
        )}
      </ol>
    </section>
  );
}

function hour(order: Row): string {
  const at = order.scheduled_at ? String(order.scheduled_at) : null;
  if (!at) return "";
  const day = dayOf(at);
  return day === today() ? clock(at) : `${Number(day.slice(8))} ${monthName(day, "short")}`;
}

function Stop({ order, kind, at, here, state }: { order: Row; kind: Kind | undefined; at?: number; here: boolean; state?: "done" }) {
  const priority = kind && fieldOf(kind, "priority");
  const urgent = order.priority === "high" || order.priority === "emergency";
  const held = order.status === "on_hold";
  const status = kind && fieldOf(kind, "status");
  const looks = [state, here && "here", order.status === "in_progress" && "begun"].filter(Boolean).join(" ");
  return (
    <li class={looks || undefined}>
      <Link href={`/today/${order.id}`} aria-current={here ? "true" : undefined}>
        <span class="node">{state === "done" ? <Icon name="check" /> : at}</span>
        <time dateTime={timeOf(order) ?? undefined}>{hour(order)}</time>
        <b>{placeOf(order)}</b>
        <small>{state === "done" && order.completed_at ? `${order.title}, ${w.when.done(clock(String(order.completed_at)))}` : String(order.title)}</small>
        <span class="mark-end">
          {state !== "done" && held && status && <State field={status} value="on_hold" />}
          {state !== "done" && !held && urgent && priority && <State field={priority} value={String(order.priority)} />}
        </span>
      </Link>
    </li>
  );
}

/** The next day on which something is planned. */
export function Later({ orders }: { orders: Row[] }) {
  const first = orders[0];
  if (!first) return null;
  const day = dayOf(String(timeOf(first)));
  const then = orders.filter((order) => dayOf(String(timeOf(order))) === day);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{daysUntil(day) === 1 ? w.tomorrow : w.later(longDay(day))}</h2>
      </div>
      <ul class="rows side-rows">
        {then.map((order) => (
          <li key={order.id}>
            <Link href={`/today/${order.id}`}>
              <time class="muted">{clock(String(timeOf(order)))}</time>
              <span class="grow">
                {placeOf(order)}
                <small>{String(order.title)}</small>
              </span>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Tasks({ tasks }: { tasks: Row[] }) {
  const open = tasks.filter((task) => task.status !== "done");
  if (open.length === 0) return null;
  const mayFinish = may(kindOf("tasks"), "update");
  return (
    <section class="card">
      <div class="card-head">
        <h2>{w.tasks.title}</h2>
        <span class="t13 muted">{open.length}</span>
      </div>
      <ul class="rows side-rows">
        {open.map((task) => (
          <li key={task.id}>
            {mayFinish && (
              <button type="button" class="side-tick" aria-label={w.tasks.finish(String(task.title))} onClick={() => finishTask(task)}>
                <span class="check" />
              </button>
            )}
            <Link href={`/tasks/${task.id}`} class="grow">
              {String(task.title)}
              {task.due_at != null && (
                <small class={daysUntil(dayOf(String(task.due_at))) < 0 ? "due-late" : undefined}>{nearDay(dayOf(String(task.due_at)))}</small>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
