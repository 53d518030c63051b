/** That a report is being worked out, for how long already, and how to stop it. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/button";
import { reportWords as words } from "../../words/reports";

/** What is quick says nothing. */
const QUIET_MS = 400;

export function Progress({ stages, again, onCancel }: { stages: string[]; again: boolean; onCancel: () => void }) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setPassed(Date.now() - began), 200);
    return () => clearInterval(timer);
  }, []);
  if (passed < QUIET_MS) return null;
  return (
    <div class="card report-progress" role="status">
      <progress aria-label={words.running} />
      <div class="grow">
        <b>{again ? words.again : words.running}</b>
        <p class="muted t12">{[...stages, words.seconds(Math.floor(passed / 1000))].join(" · ")}</p>
      </div>
      <Button onClick={onCancel}>{words.cancel}</Button>
    </div>
  );
}
