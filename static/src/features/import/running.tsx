/** While rows are written: how far, and that nobody has to wait here. */
import { useRef } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { importWords } from "../../words/imports";
import { Progress, Stage } from "./progress";
import type { Work } from "./use-import";

export function Running({ work: { found, problem, busy, go: deed } }: { work: Work }) {
  const [, go] = useLocation();
  const began = useRef({ at: Date.now(), done: found.done });
  const rows = found.done - began.current.done;
  const seconds = rows > 0 ? ((Date.now() - began.current.at) / 1000 / rows) * (found.total - found.done) : null;
  return (
    <div class="imp narrow">
      <Progress
        found={found}
        share={found.total > 0 ? found.done / found.total : 1}
        label={importWords.running(found.done, found.total)}
        end={
          <>
            {seconds !== null && <span class="muted">{importWords.left(seconds)}</span>}
            <Button look="quiet" small disabled={busy} onClick={() => void deed("cancel")}>{importWords.cancel}</Button>
            <Button small onClick={() => go("/import")}>{words.close}</Button>
          </>
        }
      >
        <Stage state="done">{importWords.readFile}</Stage>
        <Stage state="on">{importWords.running(found.done, found.total)}</Stage>
        <span class="end muted">{importWords.goesOn}</span>
      </Progress>
      {problem && <p class="note-danger" role="alert">{problem.message}</p>}
    </div>
  );
}
