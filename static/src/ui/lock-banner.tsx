/** Says who edits a record, until when, and what one can do meanwhile (R29). */
import { clock } from "../kernel/format";
import { lockOf } from "../kernel/live/locks";
import type { Hold } from "../kernel/live/use-live";
import { words } from "../words";
import { Button } from "./button";
import { Icon } from "./icon";

/** `hold`: for whoever has the record open to edit it. */
export function LockBanner({ kind, id, hold }: { kind: string; id: string; hold?: Hold }) {
  const lock = lockOf(kind, id);
  const lost = hold?.lost;
  if (!lock || lock.mine) return lost ? <Elsewhere hold={hold} /> : null;
  const name = lock.name ?? words.live.somebody;
  const until = clock(lock.until);
  return (
    <div class="banner" role="status" id="lock-banner">
      <Icon name="lock" />
      <p>
        <b>{lost ? words.live.tookOver(name, until) : words.live.editsUntil(name, until)}</b>{" "}
        {lost ? words.live.tookOverHow : hold ? words.live.typedHow : words.live.editsHow}
      </p>
    </div>
  );
}

function Elsewhere({ hold }: { hold?: Hold }) {
  return (
    <div class="banner" role="status" id="lock-banner">
      <Icon name="lock" />
      <p>
        <b>{words.live.elsewhere}</b> {words.live.elsewhereHow}
      </p>
      <Button small class="end" onClick={hold?.again}>
        {words.live.editHere}
      </Button>
    </div>
  );
}
