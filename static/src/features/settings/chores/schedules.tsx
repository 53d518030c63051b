/** What comes by the clock, when it comes next, and a way to have it now. */
import { useState } from "preact/hooks";
import { Problem } from "../../../kernel/api";
import { ago, moment } from "../../../kernel/format";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { choreWords } from "../../../words/chores";
import { ask, type Chore, type Schedule } from "./api";

export function Schedules({ schedules, open }: { schedules: Schedule[]; open: Chore[] }) {
  const [busy, setBusy] = useState("");
  const run = async (kind: string) => {
    setBusy(kind);
    try {
      await ask(kind);
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      toast(refused.message, { tone: "danger" });
    } finally {
      setBusy("");
    }
  };
  return (
    <section aria-label={choreWords.clock}>
      <h3 class="chores-head">{choreWords.clock}</h3>
      <ul class="card setrows chores">
        {schedules.map(({ kind, next_at, last_at, by_hand }) => (
          <li key={kind}>
            <span class="muted"><Icon name="clock" /></span>
            <span class="two grow">
              <b>{choreWords.name(kind, {})}</b>
              <small class="muted wrap">{choreWords.next(moment(next_at), last_at ? ago(last_at) : null)}</small>
            </span>
            {by_hand && (
              <Button
                small
                aria-label={choreWords.nowOf(choreWords.name(kind, {}))}
                disabled={busy === kind || open.some((chore) => chore.kind === kind)}
                onClick={() => void run(kind)}
              >
                {choreWords.now}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
