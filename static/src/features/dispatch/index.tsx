/** One day by technician: who does what when, and what nobody has yet. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Link, useLocation, useSearch } from "wouter-preact";
import { dayOf, longDay, monthName, today, weekdayName } from "../../kernel/format";
import { writes } from "../../kernel/orders";
import { openPage, usePart } from "../../kernel/pages";
import { type Kind, may, useSchema } from "../../kernel/schema";
import { addDays, at, isDay } from "../../kernel/zone";
import { Button } from "../../ui/button";
import { type Spot, useDrag } from "../../ui/drag";
import { usePhone } from "../../ui/phone";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { calendarWords, dispatchWords } from "../../words/calendar";
import { assign } from "./assign";
import { AssignDialog } from "./assign-dialog";
import { byUrgency, distinct, type Job, jobOf, lengthsOf, STEP, timeAt, workersOf } from "./jobs";
import { Lists } from "./lists";
import { contractorsPart, ordersPart, servicesPart, techniciansPart, unassignedPart } from "./parts";
import { type Aim, Rows } from "./rows";
import { Tray } from "./tray";
import "./style.css";

const text = dispatchWords;

export default function Dispatch() {
  const schema = useSchema();
  const orders = schema?.kinds.find((kind) => kind.name === "work-orders");
  if (!schema) return <Skeleton />;
  if (!orders || !may(orders, "read")) {
    return (
      <Screen title={text.title}>
        <Empty icon="nav" title={calendarWords.forbidden} />
      </Screen>
    );
  }
  return <Day orders={orders} sees={(name) => schema.kinds.some((kind) => kind.name === name && may({ ...kind, writable: true }, "read"))} />;
}

function Day({ orders: kind, sees }: { orders: Kind; sees: (kind: string) => boolean }) {
  const phone = usePhone();
  const given = new URLSearchParams(useSearch()).get("day");
  const [, navigate] = useLocation();
  const day = isDay(given) ? given : today();
  const go = (to: string) => navigate(to === today() ? "/dispatch" : `/dispatch?day=${to}`, { replace: true });
  const ordersOf = ordersPart(day);
  useMemo(() => {
    const reference = [...(sees("users") ? [techniciansPart] : []), ...(sees("contractors") ? [contractorsPart] : []), ...(sees("services") ? [servicesPart] : [])];
    openPage("dispatch", { day }, [...reference, ordersOf, unassignedPart]);
  }, [day]);
  const technicians = usePart(techniciansPart, sees("users"));
  const contractors = usePart(contractorsPart, sees("contractors"));
  const services = usePart(servicesPart, sees("services"));
  const orders = usePart(ordersOf);
  const unassigned = usePart(unassignedPart);

  const lengths = lengthsOf(services.data?.data ?? []);
  const all = distinct(orders.data?.data ?? [], unassigned.data?.data ?? []).map((row) => jobOf(row, lengths, day));
  const isToday = (job: Job) => job.start !== null || (!job.row.scheduled_at && job.row.due_at != null && dayOf(String(job.row.due_at)) === day);
  const jobs = all.filter((job) => job.who !== null && isToday(job));
  const waiting = all.filter((job) => job.who === null && !job.settled).sort(byUrgency);
  const workers = workersOf(technicians.data?.data ?? [], contractors.data?.data ?? [], jobs);
  const everybody = [...workers.technicians, ...workers.contractors];
  const plans = writes(kind, "assigned_to", "contractor_id", "scheduled_at");

  const aim = useSignal<Aim | null>(null);
  const [planned, setPlanned] = useState<Job | null>(null);
  const give = (job: Job, who: string | null, start: number | null) => {
    const name = everybody.find((one) => one.key === who)?.name ?? "";
    void assign(job, { who, name, day, start });
  };
  const aimed = (job: Job, spot: Spot): Aim => {
    const track = spot.over?.getBoundingClientRect();
    // From the tray the pointer says when, along the axis the front of the bar does.
    const x = job.start === null ? spot.x : spot.left;
    return { job, over: spot.over?.dataset.drop ?? null, start: track ? timeAt((x - track.left) / track.width, job.minutes) : 0 };
  };
  const press = useDrag<Job>({
    onStart: (job) => (aim.value = { job, over: null, start: 0 }),
    onMove: (job, spot) => {
      const next = aimed(job, spot);
      if (next.over !== aim.value?.over || next.start !== aim.value.start) aim.value = next;
    },
    onDrop: (job, spot) => {
      const { over, start } = aimed(job, spot);
      if (over === "tray") give(job, null, null);
      else if (over) give(job, over, start);
    },
    onEnd: () => (aim.value = null),
  });
  const nudge = (job: Job, minutes: number, rows: number) => {
    if (job.start === null) return;
    const at = everybody.findIndex((one) => one.key === job.who);
    give(job, everybody[Math.max(0, at + rows)]?.key ?? job.who, Math.max(0, Math.min(job.start + minutes, 24 * 60 - STEP)));
  };
  useKeys(day, go);

  const creates = may(kind, "create");
  const start = () => navigate(`/work-orders/new?scheduled_at=${at(day, 9 * 60)}`);
  const known = orders.data && unassigned.data && (technicians.data || !sees("users"));
  const problem = orders.error ?? technicians.error;
  const doing = plans ? { onPress: phone ? undefined : press, onPlan: setPlanned, onNudge: nudge } : {};
  const rows = { day, ...workers, jobs, aim: aim.value, ...doing };
  const tray = <Tray jobs={waiting} first={phone ? 3 : undefined} more={unassigned.data?.page.has_more === true} target={aim.value?.over === "tray"} held={aim.value?.job.row.id ?? null} onPress={doing.onPress} onPlan={doing.onPlan} />;
  return (
    <Screen
      title={text.title}
      lead={
        <>
          <h1 class="head-title dispatch-title">{phone ? `${weekdayName(day)} ${Number(day.slice(8))} ${monthName(day, "short")}` : longDay(day)}</h1>
          <span class="flex gap-1">
            <Button look="quiet" small icon="left" label={text.earlier} onClick={() => go(addDays(day, -1))} />
            <Button look="quiet" small icon="right" label={text.later} onClick={() => go(addDays(day, 1))} />
            <Button small onClick={() => go(today())}>
              {calendarWords.today}
            </Button>
          </span>
        </>
      }
      actions={
        <>
          <span class="muted t12 nowrap desk">{text.planned(jobs.length, waiting.length)}</span>
          {creates && (
            <Button look="primary" icon="plus" class="desk" onClick={start}>
              {calendarWords.new(kind.one)}
            </Button>
          )}
        </>
      }
    >
      {problem ? (
        <Failed problem={problem} onRetry={() => void orders.refetch()} />
      ) : !known ? (
        <Skeleton />
      ) : everybody.length === 0 && jobs.length === 0 ? (
        <Empty icon="people" title={text.nobody} actions={<Link class="btn" href="/settings/users">{text.invite}</Link>}>
          {text.nobodyHow}
        </Empty>
      ) : phone ? (
        <>
          {tray}
          <Lists {...rows} />
        </>
      ) : (
        <div class="dispatch">
          <Rows {...rows} />
          {tray}
        </div>
      )}
      {planned && <AssignDialog job={planned} day={day} technicians={workers.technicians} contractors={workers.contractors} onClose={() => setPlanned(null)} />}
      {creates && (
        <div class="thumb phone">
          <Button look="primary" icon="plus" onClick={start}>
            {calendarWords.new(kind.one)}
          </Button>
        </div>
      )}
    </Screen>
  );
}

/** Left and right go to the day before and after, t to today, while nothing else has the focus. */
function useKeys(day: string, go: (day: string) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const to: Record<string, string> = { ArrowLeft: addDays(day, -1), ArrowRight: addDays(day, 1), t: today() };
      const found = to[event.key];
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      go(found);
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [day]);
}
