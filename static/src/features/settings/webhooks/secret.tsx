/** The whole address, and what a program checks messages with: shown when asked for. */
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { words } from "../../../words";
import { settingWords } from "../../../words/settings";
import { webhookWords as say } from "../../../words/webhooks";
import { useCopy } from "../copy";

/** So many stand in a line, where a browser does not fit the field to its text by itself. */
const LETTERS = 44;

interface Props {
  name: string;
  url: string;
  secret: string | null;
  onClose: () => void;
}

export function SecretDialog({ name, url, secret, onClose }: Props) {
  return (
    <Dialog title={say.secretTitle(name)} onClose={onClose} foot={<Button look="primary" onClick={onClose}>{words.close}</Button>}>
      <div class="stack gap-4">
        <Shown label={say.url} value={url} />
        {secret && <Shown label={say.secretLabel} value={secret} />}
        {secret && <p class="muted t13">{say.secretHow}</p>}
      </div>
    </Dialog>
  );
}

function Shown({ label, value }: { label: string; value: string }) {
  const { field, came, copy } = useCopy<HTMLTextAreaElement>(value);
  return (
    <div class="stack gap-1">
      <span class="label">{label}</span>
      <div class="flex webhook-shown">
        <textarea ref={field} class="input mono t13 grow" readOnly spellcheck={false} rows={Math.ceil(value.length / LETTERS)} aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
        <Button icon={came === "copied" ? "check" : undefined} aria-label={`${settingWords.copy}: ${label}`} onClick={copy}>{came === "copied" ? settingWords.copied : settingWords.copy}</Button>
      </div>
      <p class="muted t12" role="status">{came === "selected" ? settingWords.selected : ""}</p>
    </div>
  );
}
