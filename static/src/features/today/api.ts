/** What the technician's day reads and writes, and from where. */
import { call, type Page, Problem, type Row } from "../../kernel/api";
import { type Part, pathOf } from "../../kernel/pages";
import { changed, client, keys } from "../../kernel/query";
import { kindOf, may } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { type Changes, create, remove, update } from "../../kernel/writes";
import { todayWords } from "../../words/today";

const ORDERS = "work-orders";
const TO_DO = "status[in]=assigned,in_progress,on_hold";
const TODAY = JSON.stringify({
  or: [
    { scheduled_at: { lt: "today+1" } },
    { scheduled_at: null, due_at: { lt: "today+1" } },
    { scheduled_at: null, due_at: null },
  ],
});

/** One's own work: of a contractor it is the firm's. */
function mine(): string {
  const firm = session.value?.user.contractor_id;
  return firm ? `contractor_id=${firm}` : "assigned_to=me";
}

const part = (name: string, kind: string, query: string): Part<Page> => ({
  key: keys.list(kind, `today:${name}:${session.value?.user.id}`),
  name,
  path: `${kind}?${query}`,
});

export function dayParts(): Record<"stops" | "later" | "done" | "tasks", Part<Page>> {
  const who = mine();
  return {
    stops: part("stops", ORDERS, `${who}&${TO_DO}&filter=${encodeURIComponent(TODAY)}&sort=scheduled_at&include=site,equipment,contact&limit=200`),
    later: part("later", ORDERS, `${who}&${TO_DO}&scheduled_at[gte]=today%2B1&sort=scheduled_at&include=site`),
    done: part("done", ORDERS, `${who}&completed_at[gte]=today&sort=-created_at&include=site`),
    tasks: part("tasks", "tasks", "assignee_id=me&status[in]=pending,in_progress&sort=due_at&limit=50"),
  };
}

/** An order that is not on today's round, with what a visit needs. */
export const orderPart = (id: string): Part<Row> => ({
  key: keys.record(ORDERS, id),
  path: `${ORDERS}/${id}?include=site,equipment,contact`,
});

const AT_ONCE = 25;
const logs = (kind: string, id: string): Part<Page> => {
  const query = `work_order_id=${id}&limit=${AT_ONCE}&count=true`;
  const member = `${kind}.work_order_id`;
  return {
    key: keys.rows(kind, query),
    name: "related",
    path: `${kind}?${query}`,
    take: (answer: Page | Record<string, Page>) =>
      (Array.isArray(answer.data) ? answer : (answer as Record<string, Page>)[member]) as Page,
  };
};
const about = (kind: "notes" | "attachments", id: string): Part<Page> => {
  const query = `about_kind=${ORDERS}&about_id=${id}&limit=${AT_ONCE}`;
  return { key: keys.rows(kind, query), name: kind, path: `${kind}?${query}` };
};

/** What was written down at a visit. */
export const visitParts = (id: string): Record<"times" | "parts" | "notes" | "files", Part<Page>> => ({
  times: logs("time-logs", id),
  parts: logs("part-logs", id),
  notes: about("notes", id),
  files: about("attachments", id),
});

/** Puts a new row at the top of a part that is on screen, before the server is asked again. */
function show(into: Part<Page>, row: Row): void {
  client.setQueryData<Page>(into.key, (old) => old && { ...old, data: [row, ...old.data.filter((r) => r.id !== row.id)] });
}

async function made(kind: string, into: Part<Page>, body: Changes, key?: string): Promise<Row> {
  const field = (name: string) => kindOf(kind)?.fields.find((f) => f.name === name);
  // Only what this person may write there.
  const fit = Object.fromEntries(Object.entries(body).filter(([name]) => field(name) && !field(name)?.read_only));
  const row = await (key ? create(kind, fit, key) : create(kind, fit));
  show(into, row);
  return row;
}

/** Notes the hours; the same stretch of time cannot be noted twice. */
export const logTime = (order: string, from: string, to: string): Promise<Row> =>
  made(
    "time-logs",
    visitParts(order).times,
    { work_order_id: order, user_id: session.value?.user.id, started_at: from, ended_at: to },
    `time-${order}-${Date.parse(from)}`,
  );

export const logPart = (order: string, item: Row, quantity: number): Promise<Row> =>
  made("part-logs", visitParts(order).parts, { work_order_id: order, stock_item_id: item.id, quantity });

export async function writeNote(order: string, body: string): Promise<void> {
  const row = await made("notes", visitParts(order).notes, { body, about_kind: ORDERS, about_id: order });
  const undo = may(kindOf("notes"), "delete") ? () => void remove("notes", row) : undefined;
  toast(todayWords.notes.added, { undo });
}

/** Sends a photo or a signature. */
export async function attach(order: string, file: Blob, name: string): Promise<void> {
  try {
    const { data } = await call<Row>("POST", `${ORDERS}/${order}/attachments?name=${encodeURIComponent(name)}`, { raw: file });
    show(visitParts(order).files, data);
    changed("attachments");
  } catch (problem) {
    const missing = problem instanceof Problem && [404, 405].includes(problem.status);
    throw missing ? new Problem(problem.status, problem.code, todayWords.photos.notHere, problem.requestId) : problem;
  }
}

export const contentOf = (id: string): string => pathOf(`attachments/${id}/content`);

export function finishTask(task: Row): void {
  const choices = kindOf("tasks")?.fields.find((f) => f.name === "status")?.choices ?? [];
  const done = choices.find((choice) => choice.name === "completed" || choice.name === "done");
  if (done) update("tasks", task, { status: done.name }).catch(() => {});
}
