/** How far a report is that is being worked out, and how to stop it. */
import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../kernel/stream";
import { Button } from "../../ui/button";
import { reportWords as words } from "../../words/reports";

/** What is quick says nothing. */
const QUIET_MS = 150;

interface Props {
  /** What it told last; nothing before it has told anything. */
  told: Message | null;
  again: boolean;
  stopping: boolean;
  onCancel: () => void;
}

export function Progress({ told, again, stopping, onCancel }: Props) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const tick = () => setPassed(Date.now() - began);
    const soon = setTimeout(tick, QUIET_MS);
    const timer = setInterval(tick, 1000);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, []);
  if (passed < QUIET_MS) return null;
  const percent = told ? Math.round(told.percentage) : undefined;
  return (
    <div class="card report-progress">
      <div class="grow">
        <b>{again ? words.again : words.running}</b>
        <div class="progress tall" role="progressbar" aria-label={words.running} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} data-open={percent === undefined || undefined}>
          <i style={{ width: `${percent ?? 100}%` }} />
        </div>
        <p class="muted t12">
          <span role="status">{told?.message ?? words.asking}</span>
          {` · ${words.seconds(Math.floor(passed / 1000))}`}
        </p>
      </div>
      <span class="report-percent muted">{percent !== undefined && words.percent(String(percent))}</span>
      <Button disabled={stopping} onClick={onCancel}>{stopping ? words.stopping : words.cancel}</Button>
    </div>
  );
}
