/**
 * Changes to an order: shown at once, sent one after the other, because each stands on the version
 * that the last one left. What is asked for while one waits goes along with it.
 */
import { Problem, type Row } from "../../kernel/api";
import { put } from "../../kernel/query";
import { toast } from "../../kernel/toasts";
import { type Changes, update } from "../../kernel/writes";

const ORDERS = "work-orders";
/** Ticks come in quick rows: this long after the last one they are sent together. */
const REST_MS = 800;

interface Waiting {
  changes: Changes;
  /** Nobody need be told that it was saved. */
  quiet: boolean;
  turn: Promise<Row | null>;
}

const sending = new Map<string, Promise<Row | null>>();
const waiting = new Map<string, Waiting>();
const hurry = new Set<() => void>();

/** A phone that is put away may never come back to this page. */
addEventListener("visibilitychange", () => document.hidden && [...hurry].forEach((go) => go()));

function rest(ms: number): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((done) => {
    const go = () => {
      clearTimeout(timer);
      hurry.delete(go);
      done();
    };
    const timer = setTimeout(go, ms);
    hurry.add(go);
  });
}

/** Something that a person decided: said so when it is saved, with the way back. */
export function change(order: Row, changes: Changes): Promise<Row | null> {
  const turn = ask(order, changes, false, 0);
  [...hurry].forEach((go) => go());
  return turn;
}

/** A step ticked: quietly, and with its neighbours. */
export const tick = (order: Row, changes: Changes): Promise<Row | null> => ask(order, changes, true, REST_MS);

function ask(order: Row, changes: Changes, quiet: boolean, restMs: number): Promise<Row | null> {
  put(ORDERS, { ...order, ...changes });
  const along = waiting.get(order.id);
  if (along) {
    Object.assign(along.changes, changes);
    along.quiet &&= quiet;
    return along.turn;
  }
  const mine: Waiting = { changes: { ...changes }, quiet, turn: Promise.resolve(null) };
  waiting.set(order.id, mine);
  const before = sending.get(order.id) ?? Promise.resolve(null);
  mine.turn = Promise.all([before.catch(() => null), rest(restMs)]).then(([last]) => send(order, last, mine));
  sending.set(order.id, mine.turn);
  const over = () => {
    if (sending.get(order.id) === mine.turn) sending.delete(order.id);
  };
  mine.turn.then(over, over);
  return mine.turn;
}

async function send(order: Row, last: Row | null, mine: Waiting): Promise<Row | null> {
  waiting.delete(order.id);
  const known = last && last.version > order.version ? { ...order, ...last } : order;
  try {
    return await update(ORDERS, known, mine.changes, mine.quiet);
  } catch (problem) {
    put(ORDERS, known);
    // Other refusals have been shown already.
    if (problem instanceof Problem && problem.status === 422) toast(problem.errors[0]?.message ?? problem.message, { tone: "danger" });
    throw problem;
  }
}
