/** Work orders and tasks by day. */
import { useMemo } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { monthName, today } from "../../kernel/format";
import { openPage, usePart } from "../../kernel/pages";
import { may, useSchema } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { addDays, at } from "../../kernel/zone";
import { Button } from "../../ui/button";
import { usePhone } from "../../ui/phone";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { calendarWords } from "../../words/calendar";
import { byDay, isMine, orderEntries, taskEntries } from "./entries";
import { useKeys } from "./keys";
import { Month } from "./month";
import { MOST, ordersPart, tasksPart, useWhole, usersPart } from "./parts";
import { type Place, step, usePlace } from "./place";
import { Segment } from "./segment";
import { Week } from "./week";
import "./style.css";

const text = calendarWords;

export default function Calendar() {
  const schema = useSchema();
  const phone = usePhone();
  const place = usePlace(phone);
  useKeys(place);
  if (!schema) return <Skeleton />;
  const kinds = { orders: schema.kinds.find((k) => k.name === "work-orders"), tasks: schema.kinds.find((k) => k.name === "tasks") };
  const [orders, tasks] = [may(kinds.orders, "read"), may(kinds.tasks, "read")];
  if (!orders && !tasks) {
    return (
      <Screen title={text.title}>
        <Empty icon="calendar" title={text.forbidden}>
          {text.forbiddenHow}
        </Empty>
      </Screen>
    );
  }
  const users = schema.kinds.some((k) => k.name === "users");
  const own = [kinds.orders, kinds.tasks].every((kind) => !kind || kind.rights.read === "own" || kind.rights.read === "none");
  return <Days place={place} phone={phone} orders={orders} tasks={tasks} users={users} creates={may(kinds.orders, "create") ? kinds.orders?.one : undefined} own={own} />;
}

interface Props {
  place: Place;
  phone: boolean;
  orders: boolean;
  tasks: boolean;
  users: boolean;
  /** What a new one is called, when this person may make one. */
  creates?: string;
  /** Does this person see only their own anyway? */
  own: boolean;
}

function Days({ place, phone, creates, own, ...sees }: Props) {
  const [, go] = useLocation();
  const { from, to, what, look } = place;
  const parts = { orders: ordersPart(from, to), tasks: tasksPart(from, to) };
  useMemo(() => {
    const wanted = [...(sees.orders ? [parts.orders] : []), ...(sees.tasks ? [parts.tasks] : []), ...(sees.users ? [usersPart] : [])];
    openPage("calendar", { from, to }, wanted);
  }, [from, to]);
  const orders = useWhole(parts.orders, sees.orders);
  const tasks = useWhole(parts.tasks, sees.tasks);
  const users = usePart(usersPart, sees.users);
  const names = new Map((users.data?.data ?? []).map((user): [string, string] => [user.id, String(user.name)]));
  const me = session.value?.user;
  const mine = place.mine && me ? (entry: Parameters<typeof isMine>[0]) => isMine(entry, me) : () => true;
  const shownOrders = what === "tasks" ? [] : orderEntries(orders.rows, names).filter(mine);
  const shownTasks = what === "work-orders" ? [] : taskEntries(tasks.rows, names).filter(mine);
  const days = byDay([...shownOrders, ...shownTasks]);
  const problem = orders.error ?? tasks.error;
  const start = () => go(`/work-orders/new?scheduled_at=${at(place.day, 9 * 60)}`);
  return (
    <Screen
      title={text.title}
      lead={<Lead place={place} phone={phone} />}
      actions={
        <>
          <Segment label={text.look} value={look} choices={[["month", text.month], ["week", text.week]]} onPick={(picked) => place.go({ look: picked })} />
          {creates && (
            <Button look="primary" icon="plus" class="desk" onClick={start}>
              {text.new(creates)}
            </Button>
          )}
        </>
      }
    >
      <div class="bar calendar-bar">
        {sees.orders && sees.tasks && (
          <Segment label={text.what} value={what} choices={[["all", text.both], ["work-orders", text.orders], ["tasks", text.tasks]]} onPick={(picked) => place.go({ what: picked })} />
        )}
        {!own && (
          <Segment label={text.whose} value={place.mine ? "mine" : "everybody"} choices={[["everybody", text.everybody], ["mine", text.mine]]} onPick={(picked) => place.go({ mine: picked === "mine" })} />
        )}
        <span class="end t13 muted nowrap">{orders.capped || tasks.capped ? text.capped(MOST) : text.summary(shownOrders.length, shownTasks.length)}</span>
      </div>
      <p class="hidden-visually">{text.keys}</p>
      {problem ? (
        <Failed problem={problem} onRetry={() => void (orders.error ? orders.refetch() : tasks.refetch())} />
      ) : !orders.known || !tasks.known ? (
        <Skeleton />
      ) : look === "month" && !phone ? (
        <Month place={place} days={days} />
      ) : (
        <Week place={place} days={days} phone={phone} />
      )}
      {creates && (
        <div class="thumb phone">
          <Button look="primary" icon="plus" onClick={start}>
            {text.new(creates)}
          </Button>
        </div>
      )}
    </Screen>
  );
}

/** Where in time one is, and the way to the next and to today. */
function Lead({ place, phone }: { place: Place; phone: boolean }) {
  const { look, day, from, to } = place;
  const last = addDays(to, -1);
  const name = (on: string) => `${Number(on.slice(8))} ${monthName(on, "short")}`;
  const week = from.slice(0, 7) === last.slice(0, 7) ? `${Number(from.slice(8))}–${name(last)}` : `${name(from)} – ${name(last)}`;
  return (
    <>
      <h1 class="head-title calendar-title">{look === "month" ? monthName(day) : week}</h1>
      <span class="flex gap-1">
        <Button look="quiet" small icon="left" label={text.earlier[look]} onClick={() => place.go({ day: step(look, day, -1) })} />
        <Button look="quiet" small icon="right" label={text.later[look]} onClick={() => place.go({ day: step(look, day, 1) })} />
        {!phone && (
          <Button small onClick={() => place.go({ day: today() })}>
            {text.today}
          </Button>
        )}
      </span>
    </>
  );
}
