/** A list that is written into a file in the background: how far it is, and the file. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { call, get, Problem } from "../../kernel/api";
import { bytes } from "../../kernel/format";
import { markReadAbout } from "../../kernel/notifications";
import { pathOf } from "../../kernel/pages";
import { kindOf } from "../../kernel/schema";
import { useStream } from "../../kernel/stream";
import { toast } from "../../kernel/toasts";
import type { components } from "../../kernel/wire";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { exportWords as words } from "../../words/exports";
import "./style.css";

type Run = components["schemas"]["ExportRun"];

const OPEN: Run["state"][] = ["waiting", "running", "failed"];
/** Beside the stream, should that break off. */
const LOOK_MS = 3_000;

export default function Export({ id }: { id: string }) {
  const { data, error, refetch } = useQuery<Run, Problem>({
    queryKey: ["exports", id],
    queryFn: ({ signal }) => get<Run>(`exports/${id}`, signal, "visit"),
    refetchInterval: ({ state }) => (state.data && OPEN.includes(state.data.state) ? LOOK_MS : false),
    retry: false,
  });
  const many = data && (kindOf(data.kind)?.many ?? data.kind);
  return (
    <Screen
      title={data?.file_name ?? words.title}
      lead={
        data && many ? (
          <>
            <Link class="btn quiet icon" href={`/${data.kind}`} aria-label={words.list(many)} title={words.list(many)}>
              <Icon name="left" />
            </Link>
            <h1 class="head-title">{data.file_name}</h1>
          </>
        ) : undefined
      }
    >
      <div class="body">
        {!data ? error ? <Failed problem={error} /> : <Skeleton /> : OPEN.includes(data.state) ? <Making run={data} onEnd={() => void refetch()} /> : <Ended run={data} />}
      </div>
    </Screen>
  );
}

function Making({ run, onEnd }: { run: Run; onEnd: () => void }) {
  const told = useStream(run.stream_id, true, 0, onEnd);
  const [stopping, setStopping] = useState(false);
  const percent = Math.round(told?.percentage ?? 0);
  const stop = async () => {
    setStopping(true);
    try {
      await call("POST", `chores/${run.id}/cancel`);
      onEnd();
    } catch (refused) {
      setStopping(false);
      if (!(refused instanceof Problem)) throw refused;
      // It had ended by then.
      if (refused.status === 409) return onEnd();
      toast(refused.message, { tone: "danger" });
    }
  };
  return (
    <section class="card export-run" aria-label={words.making}>
      <div class="grow">
        <b>{words.making}</b>
        <div class="progress tall" role="progressbar" aria-label={words.making} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
          <i style={{ width: `${percent}%` }} />
        </div>
        <p class="muted t12">
          <span role="status">{run.error ?? told?.message ?? words.asking}</span>
          {` · ${words.percent(percent)}`}
        </p>
        <p class="muted t12">{words.goesOn}</p>
      </div>
      <Button disabled={stopping} onClick={() => void stop()}>{stopping ? words.stopping : words.cancel}</Button>
    </section>
  );
}

function Ended({ run }: { run: Run }) {
  const done = run.state === "done";
  // Whoever sees it here need not be told that it is ready.
  useEffect(() => {
    if (done) markReadAbout("exports", run.id).catch(() => {});
  }, [run.id, done]);
  if (run.state === "cancelled") return <Empty icon="ban" title={words.cancelled}>{words.cancelledHow}</Empty>;
  if (!done) return <Empty icon="alert" title={words.dead}>{run.error}</Empty>;
  return (
    <Empty
      icon="tick"
      title={words.ready}
      actions={
        <a class="btn primary" href={pathOf(`exports/${run.id}/file`)} download={run.file_name}>
          <Icon name="download" />
          {words.fetch}
        </a>
      }
    >
      {words.holds(run.rows ?? 0, bytes(run.bytes ?? 0))}
    </Empty>
  );
}
