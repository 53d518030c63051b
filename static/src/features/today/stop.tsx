/** One stop, large: when and where, how to get in, what to do there. */
import { Link } from "wouter-preact";
import { useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { ago, clock, dayOf, nearDay, today } from "../../kernel/format";
import { fieldOf, type Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { State } from "../../ui/value";
import { todayWords } from "../../words/today";
import { callOf, dialled, placeOf, stateOf, stepsOf, timeOf, wayTo, whole } from "./order";
import { useNow } from "./timer";

const w = todayWords;

/** `15:15 next, in 21 minutes`, and the state where it is not the usual one. */
export function When({ order, kind }: { order: Row; kind: Kind | undefined }) {
  useNow(30_000);
  const at = timeOf(order);
  const state = stateOf(order);
  const status = kind && fieldOf(kind, "status");
  const small =
    state === "in_progress" && order.started_at
      ? w.when.working(clock(String(order.started_at)))
      : order.completed_at
        ? w.when.done(clock(String(order.completed_at)))
        : state === "on_hold"
          ? w.when.held
          : !order.scheduled_at
            ? w.when.openHow
            : Date.parse(String(at)) < Date.now()
              ? w.when.late(ago(String(at)))
              : w.when.in(ago(String(at)));
  const big = !order.scheduled_at ? w.when.open : dayOf(String(at)) === today() ? clock(String(at)) : nearDay(dayOf(String(at)));
  return (
    <div class="when">
      <b>{big}</b>
      <span class="muted grow">{small}</span>
      {status && state !== "assigned" && <State field={status} value={state} />}
    </div>
  );
}

export function Where({ order }: { order: Row }) {
  const site = whole(order, "site");
  const way = wayTo(site);
  const ring = callOf(order);
  return (
    <>
      <div class="where">
        <h2>{placeOf(order)}</h2>
        {site?.address != null && <p class="muted">{String(site.address)}</p>}
      </div>
      <div class="go">
        {way && (
          <a class="btn touch" href={way} target={way.startsWith("http") ? "_blank" : undefined} rel="noreferrer">
            <Icon name="nav" />
            {w.navigate}
          </a>
        )}
        {ring ? (
          <a class="btn touch" href={dialled(ring.number)}>
            <Icon name="phone" />
            <span class="cut">{w.call(ring.name)}</span>
          </a>
        ) : (
          <span class="btn touch" aria-disabled="true">
            {w.noCall}
          </span>
        )}
      </div>
    </>
  );
}

/** The job in two lines; on the round it leads to the whole of it. */
export function What({ order, kind, href }: { order: Row; kind: Kind | undefined; href?: string }) {
  const priority = kind && fieldOf(kind, "priority");
  const urgent = order.priority === "high" || order.priority === "emergency";
  const steps = stepsOf(order).length;
  const inner = (
    <>
      <span class="grow">
        <b>{String(order.title)}</b>
        <small>{[order.number, steps > 0 && w.steps(steps)].filter(Boolean).join(", ")}</small>
      </span>
      {urgent && priority && <State field={priority} value={String(order.priority)} />}
    </>
  );
  return href ? (
    <Link href={href} class="what">
      {inner}
      <Icon name="right" />
    </Link>
  ) : (
    <div class="what">{inner}</div>
  );
}

/** How to get in: behind a tap, so that nobody reads it over a shoulder. */
export function AccessCode({ order }: { order: Row }) {
  const [shown, setShown] = useState(false);
  const code = whole(order, "site")?.access_codes;
  if (!code) return null;
  return (
    <button type="button" class="code" aria-expanded={shown} onClick={() => setShown(!shown)}>
      <Icon name="lock" />
      <span class="grow">
        {w.code.title}
        {shown ? <b class="well">{String(code)}</b> : <small>{w.code.how}</small>}
      </span>
      {!shown && (
        <span class="dots" aria-hidden="true">
          ••••••
        </span>
      )}
      <span class="link">{shown ? w.code.hide : w.code.show}</span>
    </button>
  );
}

export function Machine({ order }: { order: Row }) {
  const machine = whole(order, "equipment");
  if (!machine) return null;
  const make = [machine.manufacturer, machine.model].filter(Boolean).join(" ");
  const serial = machine.serial ? w.equipment.serial(String(machine.serial)) : "";
  return (
    <Link href={`/equipment/${machine.id}`} class="code">
      <Icon name="lift" />
      <span class="grow">
        {String(machine.name ?? machine.serial)}
        <small>{[make, serial].filter(Boolean).join(", ")}</small>
      </span>
      <span class="muted desk">{w.equipment.history}</span>
      <Icon name="right" />
    </Link>
  );
}
