/** The hours of a visit, and the clock that counts them. */
import type { Row } from "../../kernel/api";
import { clock, dayOf, minutes, nearDay, today } from "../../kernel/format";
import { kindOf, may } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { todayWords } from "../../words/today";
import { Bit } from "./bit";
import { minutesBetween } from "./order";
import { running, startClock, stopClock, useNow } from "./timer";

const w = todayWords.time;

export function Time({ order, logs }: { order: Row; logs: Row[] }) {
  const now = useNow();
  const run = running.value;
  const here = run?.order === order.id;
  if (!may(kindOf("time-logs"), "read")) return null;
  const noted = logs.reduce((sum, log) => sum + Number(log.minutes ?? 0), 0);
  const mayLog = may(kindOf("time-logs"), "create");
  return (
    <Bit
      title={w.title}
      sum={noted > 0 && w.sum(minutes(noted))}
      none={noted === 0 && !here && w.none}
      action={
        mayLog && (
          <Button class="touch" icon={here ? "pause" : "clock"} onClick={() => void (here ? stopClock() : startClock(order.id))}>
            {here ? w.stop : w.start}
          </Button>
        )
      }
    >
      {here && (
        <p class="running" role="timer">
          <span class="dot" aria-hidden="true" />
          {w.runs(minutes(Math.max(0, minutesBetween(run.since, now))), clock(run.since))}
        </p>
      )}
      {run && !here && <p class="muted t13">{w.elsewhere}</p>}
      <ul class="noted">
        {logs.map((log) => (
          <li key={log.id}>
            <span class="grow">{stretch(log)}</span>
            <span class="muted">{log.minutes == null ? "" : minutes(Number(log.minutes))}</span>
          </li>
        ))}
      </ul>
    </Bit>
  );
}

/** `08:02 to 09:15`, with the day when it was another one. */
export function stretch(log: Row): string {
  const from = log.started_at ? String(log.started_at) : null;
  if (!from) return String(log.description ?? "");
  const day = dayOf(from) === today() ? "" : `${nearDay(dayOf(from))}, `;
  return `${day}${clock(from)}${log.ended_at ? ` – ${clock(String(log.ended_at))}` : ""}`;
}
