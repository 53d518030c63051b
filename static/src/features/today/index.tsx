/** Today: the technician's round, the next stop large, and all that a visit needs. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useState } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import type { Problem, Row } from "../../kernel/api";
import { longDay, today } from "../../kernel/format";
import { openPage, readPart, usePart } from "../../kernel/pages";
import { type Kind, useKind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { todayWords } from "../../words/today";
import { Actions, Questions, Thumb } from "./actions";
import { dayParts, orderPart } from "./api";
import { Checklist } from "./checklist";
import { inOrder, nextOf, stateOf, whole } from "./order";
import { Later, Route, Tasks } from "./route";
import { AccessCode, Machine, What, When, Where } from "./stop";
import { VisitRecord } from "./visit";
import "./style.css";

const w = todayWords;
const NONE: Row[] = [];

export default function Today({ params }: { params?: { id?: string } }) {
  const id = params?.id;
  const [parts] = useState(() => {
    const made = dayParts();
    openPage("today", {}, Object.values(made));
    return made;
  });
  const kind = useKind("work-orders");
  const stops = usePart(parts.stops);
  const done = usePart(parts.done).data?.data ?? NONE;
  const later = usePart(parts.later).data?.data ?? NONE;
  const tasks = usePart(parts.tasks).data?.data ?? NONE;
  const round = inOrder(stops.data?.data ?? NONE);
  const over = [...done].sort((a, b) => String(a.completed_at).localeCompare(String(b.completed_at)));
  const listed = id ? round.find((order) => order.id === id) : nextOf(round);
  const single = usePart(orderPart(id ?? ""), id !== undefined && stops.data !== undefined && !listed);
  const order = useLatest(listed ?? (id ? single.data : undefined));
  // The record may be known from a change alone, without the place that it is about.
  const bare = order !== undefined && !listed && order.site_id != null && !whole(order, "site") && single.isFetching;
  const all = round.length + over.length;
  return (
    <Screen
      title={w.title}
      lead={
        <>
          {id && (
            <Link href="/today" class="btn quiet icon back" aria-label={w.back}>
              <Icon name="left" />
            </Link>
          )}
          <h1 class="head-title">{w.title}</h1>
          <span class="muted t14 nowrap">{longDay(today())}</span>
        </>
      }
      actions={all > 0 && <span class="t13 muted nowrap">{w.progress(over.length, all)}</span>}
    >
      <div class="body day-body">
        {stops.isError && !stops.data ? (
          <Failed problem={stops.error as Problem} onRetry={() => void stops.refetch()} />
        ) : !stops.data || bare ? (
          <Skeleton />
        ) : (
          <div class={id ? "day one" : "day"}>
            {order ? (
              <Card key={order.id} order={order} kind={kind} brief={!id} />
            ) : single.isError ? (
              <Failed problem={single.error as Problem} />
            ) : id ? (
              <Skeleton />
            ) : (
              <section class="card">
                <Empty icon="day" title={over.length ? w.finished : w.free}>
                  {over.length ? w.finishedHow(over.length) : w.freeHow}
                </Empty>
              </section>
            )}
            <div class="aside">
              {all > 0 && <Route done={over} stops={round} here={order?.id} kind={kind} />}
              <Later orders={later} />
              <Tasks tasks={tasks} />
            </div>
          </div>
        )}
      </div>
      {order && (
        <>
          <Thumb order={order} kind={kind} brief={!id} />
          <Questions order={order} kind={kind} />
        </>
      )}
    </Screen>
  );
}

/** The order as this device knows it: what was just changed here counts before the list is read again. */
function useLatest(order: Row | undefined): Row | undefined {
  const part = orderPart(order?.id ?? "");
  const { data } = useQuery<Row>({ queryKey: part.key, queryFn: () => readPart(part), enabled: false });
  if (!order || !data || data.version < order.version) return order;
  const own = Object.entries(data).filter(([, value]) => value !== undefined);
  return { ...order, ...Object.fromEntries(own) } as Row;
}

function Card({ order, kind, brief }: { order: Row; kind: Kind | undefined; brief: boolean }) {
  const search = useSearch();
  const asked = new URLSearchParams(search).has("print");
  const begun = stateOf(order) !== "assigned";
  // A job that has not begun has nothing written down yet: the round costs one request.
  const open = !brief || begun;
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => print(), 800);
    return () => clearTimeout(timer);
  }, [asked]);
  return (
    <section class={brief ? "card next brief" : "card next"} aria-label={brief ? w.next : w.stop}>
      <When order={order} kind={kind} />
      <Where order={order} />
      <What order={order} kind={kind} href={brief ? `/today/${order.id}` : undefined} />
      {order.description != null && <p class="told">{String(order.description)}</p>}
      <AccessCode order={order} />
      <Machine order={order} />
      {order.resolution != null && (
        <div class="bit">
          <h3>{w.finishing.what}</h3>
          <p>{String(order.resolution)}</p>
        </div>
      )}
      <div class="work">{open ? <VisitRecord order={order} kind={kind} /> : <Checklist order={order} kind={kind} />}</div>
      <Actions order={order} kind={kind} brief={brief} open={open} />
    </section>
  );
}
