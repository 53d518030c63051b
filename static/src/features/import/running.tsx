/** While rows are written: how far, and that nobody has to wait here. */
import { useRef } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { Progress, Stage } from "./progress";
import type { Work } from "./use-import";

export function Running({ work: { found } }: { work: Work }) {
  const [, go] = useLocation();
  const began = useRef({ at: Date.now(), done: found.done });
  const rows = found.done - began.current.done;
  const seconds = rows > 0 ? ((Date.now() - began.current.at) / 1000 / rows) * (found.total - found.done) : null;
  return (
    <div class="imp narrow">
      <Progress
        found={found}
        share={found.total > 0 ? found.done / found.total : 1}
        label={words.imports.running(found.done, found.total)}
        end={
          <>
            {seconds !== null && <span class="muted">{words.imports.left(seconds)}</span>}
            <Button small onClick={() => go("/import")}>{words.close}</Button>
          </>
        }
      >
        <Stage state="done">{words.imports.readFile}</Stage>
        <Stage state="on">{words.imports.running(found.done, found.total)}</Stage>
        <span class="end muted">{words.imports.goesOn}</span>
      </Progress>
    </div>
  );
}
