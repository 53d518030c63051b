/** The dashboard: what is going on, as the viewer's role needs it. Every number leads to its rows. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { longDay, today } from "../../kernel/format";
import { openPage, usePart } from "../../kernel/pages";
import { client } from "../../kernel/query";
import { recentsPart } from "../../kernel/recents";
import { may, useKind } from "../../kernel/schema";
import { Fresh } from "../../ui/fresh";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { dashboardWords } from "../../words/dashboard";
import { Client } from "./client";
import { Field } from "./field";
import { Office } from "./office";
import { type Dashboard as Answer, dashboardPart, type Tiles } from "./shape";
import { dayLine } from "./day-line";
import "./style.css";

/** One's own tasks and work orders are read again this often, and only here (R26). */
const OWN_MS = 30_000;
const LAYOUTS = { office: Office, field: Field, client: Client };

/** `first` stands above all else: what an empty business may do first. */
export default function Dashboard({ first }: { first?: ComponentChildren }) {
  useState(() => openPage("dashboard", {}, [dashboardPart, recentsPart]));
  const kept = client.getQueryData<Answer>(dashboardPart.key)?.tiles;
  const read = usePart(dashboardPart, true, kept?.my_tasks || kept?.my_work_orders ? OWN_MS : undefined);
  const recents = usePart(recentsPart);
  const orders = useKind("work-orders");
  const refresh = () => {
    void read.refetch();
    void recents.refetch();
  };
  return (
    <Screen
      title={words.nav.dashboard}
      actions={
        <>
          {read.data && <Fresh at={read.dataUpdatedAt} busy={read.isFetching} onRefresh={refresh} />}
          {may(orders, "create") && (
            <Link class="btn primary desk" href="/work-orders/new">
              <Icon name="plus" />
              {dashboardWords.newOrder}
            </Link>
          )}
        </>
      }
    >
      <div class="body">
        {read.data ? <Board answer={read.data} recents={recents.data ?? []} first={first} /> : read.error ? <Failed problem={read.error} onRetry={refresh} /> : <Skeleton rows={10} />}
      </div>
      {may(orders, "create") && (
        <div class="thumb phone">
          <Link class="btn primary touch" href="/work-orders/new">
            <Icon name="plus" />
            {dashboardWords.newOrder}
          </Link>
        </div>
      )}
    </Screen>
  );
}

interface BoardProps {
  answer: Answer;
  recents: Parameters<typeof Office>[0]["recents"];
  first?: ComponentChildren;
}

function Board({ answer, recents, first }: BoardProps) {
  const Layout = LAYOUTS[answer.layout] ?? Office;
  return (
    <div class="dash">
      {first}
      <Day tiles={answer.tiles} />
      <Layout tiles={answer.tiles} recents={recents} />
    </div>
  );
}

function Day({ tiles }: { tiles: Tiles }) {
  return (
    <div class="day-line">
      <h2 class="t20">{longDay(today())}</h2>
      <p class="t13 muted">{dayLine(tiles)}</p>
    </div>
  );
}
