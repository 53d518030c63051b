/** One chore: what it is, how far it is, and what can be done about it. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Problem } from "../../../kernel/api";
import { ago, clock } from "../../../kernel/format";
import { useNames } from "../../../kernel/people";
import { useStream } from "../../../kernel/stream";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Icon, type IconName } from "../../../ui/icon";
import { choreWords } from "../../../words/chores";
import { again, cancel, type Chore, retry } from "./api";

const LOOKS: Record<Chore["state"], [tone: string | undefined, icon: IconName]> = {
  waiting: [undefined, "clock"],
  running: ["info", "half"],
  done: ["rest", "tick"],
  failed: ["warning", "refresh"],
  cancelled: [undefined, "ban"],
  dead: ["danger", "octagon"],
};

export function Line({ chore }: { chore: Chore }) {
  const running = chore.state === "running";
  const live = useStream(chore.stream_id, running, chore.progress?.sequence ?? 0, () => void again());
  const known = chore.progress;
  const told = live && live.sequence > (known?.sequence ?? 0) ? live : known;
  const name = useNames();
  const [tone, icon] = LOOKS[chore.state];
  const title = choreWords.name(chore.kind, chore.parameters);
  const who = chore.created_by ? (name(chore.created_by) ?? choreWords.somebody) : choreWords.byClock;
  return (
    <li data-state={chore.state}>
      <span class="chip" data-tone={tone}><Icon name={icon} />{chore.cancelling ? choreWords.cancelling : choreWords.states[chore.state]}</span>
      <span class="two grow">
        <b>{title}</b>
        <small class={chore.state === "dead" ? "wrap" : "muted wrap"}>{said(chore, told?.message)}</small>
        {running && <Bar label={title} percent={Math.round(told?.percentage ?? 0)} />}
      </span>
      <span class="muted beside chore-when">
        <span>{who}</span>
        <span>
          {ago(chore.ended_at ?? chore.started_at ?? chore.created_at)}
          {chore.attempts > 1 && ` · ${choreWords.attempts(chore.attempts, chore.max_attempts)}`}
        </span>
      </span>
      <Actions chore={chore} title={title} />
    </li>
  );
}

function said(chore: Chore, told: string | undefined): string {
  if (chore.state === "done") return choreWords.result(chore.kind, chore.result) || (choreWords.states.done ?? "");
  if (chore.state === "failed") return choreWords.again(chore.error ?? "", clock(chore.run_after));
  return chore.error ?? told ?? "";
}

function Bar({ label, percent }: { label: string; percent: number }) {
  return (
    <span class="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}

function Actions({ chore, title }: { chore: Chore; title: string }) {
  const [busy, setBusy] = useState(false);
  const run = async (deed: (chore: Chore) => Promise<unknown>) => {
    setBusy(true);
    try {
      await deed(chore);
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      toast(refused.message, { tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <span class="chore-deeds">
      {chore.kind === "import" && <Link class="btn quiet small" href={`/import?id=${chore.id}`}>{choreWords.open1}</Link>}
      {chore.can_retry && <Button small disabled={busy} aria-label={choreWords.retryOf(title)} onClick={() => void run(retry)}>{choreWords.retry}</Button>}
      {chore.can_cancel && <Button look="quiet" small disabled={busy} aria-label={choreWords.cancelOf(title)} onClick={() => void run(cancel)}>{choreWords.cancel}</Button>}
    </span>
  );
}
