/** What one does with a job: begin, wait, finish. The one primary action is at the thumb. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { minutes } from "../../kernel/format";
import { fieldOf, type Kind, kindOf, may } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { todayWords } from "../../words/today";
import { writeNote } from "./api";
import { Ask } from "./ask";
import { change } from "./change";
import { NoteDialog, writing } from "./notes";
import { minutesBetween, movesFrom, placeOf, stateOf, stepsDone, stepsOf } from "./order";
import { mayAttach, PhotoButton } from "./photos";
import { running, startClock, stopClock } from "./timer";

const w = todayWords;

/** Which question is open, for which order: the card and the thumb bar both ask it. */
const asking = signal<{ what: "finish" | "hold"; id: string } | null>(null);

interface Props {
  order: Row;
  kind: Kind | undefined;
  /** On the round: what has begun goes on in its own page. */
  brief?: boolean;
  /** What is written down at the visit stands above, with buttons of its own. */
  open?: boolean;
}

function useStart(order: Row): () => void {
  const [, go] = useLocation();
  return () => {
    void startClock(order.id);
    change(order, { status: "in_progress" }).catch(() => {});
    go(`/today/${order.id}`);
  };
}

export function Primary({ order, kind, brief, thumb }: Props & { thumb?: boolean }) {
  const moves = movesFrom(kind, order);
  const state = stateOf(order);
  const start = useStart(order);
  if (state === "in_progress" && brief && thumb) {
    return (
      <Link class="btn primary touch" href={`/today/${order.id}`}>
        <span class="cut">{w.goOn(placeOf(order))}</span>
      </Link>
    );
  }
  if (state === "in_progress" && moves.has("completed")) {
    return (
      <Button look="primary" class="touch" icon="check" onClick={() => (asking.value = { what: "finish", id: order.id })}>
        {w.finish}
      </Button>
    );
  }
  if ((state === "assigned" || state === "on_hold") && moves.has("in_progress")) {
    const text = state === "on_hold" ? w.resume : thumb ? w.startAt(placeOf(order)) : w.start;
    return (
      <Button look="primary" class="touch" onClick={start}>
        <span class="cut">{text}</span>
      </Button>
    );
  }
  return null;
}

export function Actions({ order, kind, brief, open }: Props) {
  const moves = movesFrom(kind, order);
  const state = stateOf(order);
  const start = useStart(order);
  const over = state === "completed" || state === "invoiced";
  return (
    <div class={brief ? "do desk" : "do"}>
      <span class="desk">
        <Primary order={order} kind={kind} brief={brief} />
      </span>
      {!open && mayAttach() && <PhotoButton order={order} label={w.photos.add} />}
      {!open && may(kindOf("notes"), "create") && (
        <Button class="touch" icon="comment" onClick={() => (writing.value = order.id)}>
          {w.notes.text}
        </Button>
      )}
      {moves.has("on_hold") && !over && (
        <Button class="touch" icon="pause" onClick={() => (asking.value = { what: "hold", id: order.id })}>
          {w.hold}
        </Button>
      )}
      {over && moves.has("in_progress") && (
        <Button class="touch" icon="undo" onClick={start}>
          {w.reopen}
        </Button>
      )}
      {!brief && (
        <Button class="touch" icon="print" onClick={() => print()}>
          {w.sheet}
        </Button>
      )}
    </div>
  );
}

/** The bar at the thumb, on a phone. */
export function Thumb(props: Props) {
  const bar = Primary({ ...props, thumb: true });
  return bar ? <div class="thumb phone">{bar}</div> : null;
}

/** The questions; once on the page, however many buttons ask them. */
export function Questions({ order, kind }: Props) {
  const open = asking.value?.id === order.id ? asking.value.what : null;
  return (
    <>
      {open === "finish" && <Finish order={order} kind={kind} />}
      {open === "hold" && <Hold order={order} />}
      <NoteDialog order={order} />
    </>
  );
}

const close = () => {
  asking.value = null;
};

function Finish({ order, kind }: Props) {
  const [busy, setBusy] = useState(false);
  const [, go] = useLocation();
  const steps = stepsOf(order);
  const left = steps.length - stepsDone(steps);
  const field = kind && fieldOf(kind, "resolution");
  const run = running.value?.order === order.id ? running.value : null;
  const spent = run ? minutesBetween(run.since, Date.now()) : 0;
  const finish = async (said: string) => {
    setBusy(true);
    // The hours first: once the job is over they might no longer be taken.
    if (run && !(await stopClock(true))) return setBusy(false);
    const what = field && !field.read_only ? { resolution: said || null } : {};
    const saved = await change(order, { status: "completed", ...what }).catch(() => null);
    setBusy(false);
    if (!saved) return;
    close();
    go("/today");
    scrollTo(0, 0);
  };
  return (
    <Ask
      title={w.finishing.title}
      label={w.finishing.what}
      how={w.finishing.whatHow}
      go={w.finishing.go}
      start={String(order.resolution ?? "")}
      busy={busy}
      onGo={finish}
      onClose={close}
    >
      {left > 0 && (
        <p class="heed">
          <Icon name="alert" />
          {w.finishing.unticked(left)}
        </p>
      )}
      {spent > 0 && <p class="muted t13">{w.finishing.clock(minutes(spent))}</p>}
    </Ask>
  );
}

function Hold({ order }: { order: Row }) {
  const [busy, setBusy] = useState(false);
  const hold = async (why: string) => {
    setBusy(true);
    if (running.value?.order === order.id && !(await stopClock(true))) return setBusy(false);
    const saved = await change(order, { status: "on_hold" }).catch(() => null);
    // Why is told by a note, where the office looks for it.
    if (saved) await writeNote(order.id, w.holding.note(why)).catch(() => {});
    setBusy(false);
    if (saved) close();
  };
  return <Ask title={w.holding.title} label={w.holding.why} how={w.holding.whyHow} go={w.holding.go} needed busy={busy} onGo={hold} onClose={close} />;
}
