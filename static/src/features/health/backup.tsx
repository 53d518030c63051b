/** The last verified copy. */
import { ago, bytes, moment } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { healthWords as words } from "../../words/health";
import type { Performance } from "./api";

export function Backup({ backup }: { backup: Performance["backup"] }) {
  return (
    <section class="card backup">
      <p>
        <span class={backup ? "tone-success" : "muted"}><Icon name="shield" /></span>
        <b class="grow">{words.backup}</b>
        {backup && <span class="t12 muted nowrap">{ago(backup.at)}</span>}
      </p>
      <p class="t12 muted">{backup ? words.backupOf(bytes(backup.bytes), moment(backup.at)) : words.backupNone}</p>
    </section>
  );
}
