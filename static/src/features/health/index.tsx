/** How the server is: one score, what is well, what to look at, and the day in charts. */
import { useState } from "preact/hooks";
import { call, Problem } from "../../kernel/api";
import { ago, bytes, moment } from "../../kernel/format";
import { session } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { healthWords as words } from "../../words/health";
import { Alerts } from "./alerts";
import { type Health as Seen, useHealth } from "./api";
import { Backup } from "./backup";
import { Cache } from "./cache";
import { AnswerDay, MemoryDay, RequestDay } from "./day";
import { Machine } from "./machine";
import { Pressure } from "./pressure";
import { Score } from "./score";
import { Slow } from "./slow";
import { Verdict } from "./verdict";
import "./style.css";

export default function Health() {
  const { data, error, refetch } = useHealth();
  const measured = data?.performance.measured_at;
  return (
    <Screen
      title={words.title}
      actions={
        <>
          {data && measured && <span class="t12 muted nowrap desk">{words.measured(ago(measured), moment(data.performance.since))}</span>}
          {session.value?.user.operator && <BackUp onDone={() => void refetch()} />}
        </>
      }
    >
      <div class="body">
        {data ? <Shown seen={data} /> : error?.code === "metrics_off" ? (
          <Empty icon="pulse" title={words.off}>{words.offHow}</Empty>
        ) : error ? (
          <Failed problem={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton />
        )}
      </div>
    </Screen>
  );
}

function Shown({ seen }: { seen: Seen }) {
  const { performance, cache, alerts, slow } = seen;
  return (
    <div class="health">
      <Verdict seen={performance} />
      <div class="health-two">
        <MemoryDay seen={performance} />
        <AnswerDay seen={performance} />
      </div>
      <div class="health-three">
        <div class="health-stack">
          <Cache figures={cache} target={performance.cache.target} />
          <RequestDay seen={performance} />
        </div>
        <Slow seen={slow} />
        <div class="health-stack">
          <Alerts open={alerts.open} over={alerts.over} />
          {cache.pressure.length > 0 && <Pressure events={cache.pressure} />}
          <Backup backup={performance.backup} />
        </div>
      </div>
      <div class="health-two">
        <Score seen={performance} />
        <Machine seen={performance} />
      </div>
    </div>
  );
}

function BackUp({ onDone }: { onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const backUp = async () => {
    setBusy(true);
    try {
      const { data } = await call<{ bytes: number }>("POST", "admin/backups", { body: {} });
      toast(words.backedUp(bytes(data.bytes)));
      onDone();
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.message, { tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button look="primary" icon="shield" disabled={busy} onClick={() => void backUp()}>
      {busy ? words.backingUp : words.backUp}
    </Button>
  );
}
