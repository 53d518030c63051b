/** Takes an import back, and says plainly what that did. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { kindOf, type Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import type { Report } from "./api";
import type { Work } from "./use-import";

export function Undo({ work: { found, go }, kind }: { work: Work; kind: Kind }) {
  const [asking, setAsking] = useState(false);
  const touched = found.created + found.updated;
  if (touched === 0) return null;
  if (kind.rights.delete !== "all" || kind.rights.update !== "all") return <p class="muted t13">{words.imports.undoMayNot}</p>;
  return (
    <>
      <Button look="quiet" icon="undo" onClick={() => setAsking(true)}>{words.imports.undo}</Button>
      {asking && (
        <Dialog
          title={words.imports.undoAsk}
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>{words.cancel}</Button>
              <Button look="danger" icon="undo" onClick={() => { setAsking(false); void go("revert"); }}>{words.imports.undoGo}</Button>
            </>
          }
        >
          <p>{words.imports.undoHow(touched, found.file_name)}</p>
        </Dialog>
      )}
    </>
  );
}

export function Undone({ kind, reverted }: { kind: Kind; reverted: NonNullable<Report["reverted"]> }) {
  return (
    <div class="imp narrow">
      <section class="card result">
        <span class="nothing-mark"><Icon name="undo" /></span>
        <div>
          <h2>{words.imports.undone}</h2>
          <p class="muted">{words.imports.undoneHow(reverted.removed, reverted.restored)}</p>
        </div>
      </section>
      {reverted.kept > 0 && (
        <section class="card" aria-labelledby="kept">
          <div class="card-head ruled"><h2 id="kept">{words.imports.keptBack(reverted.kept)}</h2></div>
          <ul class="rows">
            {reverted.kept_records.slice(0, 100).map((one) => (
              <li key={one.id}>
                <Link class="link" href={`/${one.kind}/${one.id}`}>{capital(kindOf(one.kind)?.one ?? one.kind)}</Link>
                <span class="muted">{capital(one.reason)}</span>
              </li>
            ))}
          </ul>
          {reverted.kept > 100 && <p class="muted t12 pad-card">{words.imports.andMore(reverted.kept - 100)}</p>}
        </section>
      )}
      <div class="flex wrap">
        <Link class="btn primary" href="/import">{words.imports.another}</Link>
        <Link class="btn" href={`/${kind.name}`}>{words.imports.show(kind.many)}</Link>
      </div>
    </div>
  );
}
