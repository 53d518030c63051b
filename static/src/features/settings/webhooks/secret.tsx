/** The whole address, and what a program checks messages with: shown when asked for. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { words } from "../../../words";
import { webhookWords as say } from "../../../words/webhooks";

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
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(value).catch(() => {});
    setCopied(true);
  };
  return (
    <div class="stack gap-1">
      <span class="label">{label}</span>
      <div class="flex webhook-shown">
        <input class="input mono t13 grow" readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
        <Button icon={copied ? "check" : undefined} aria-label={`${say.copy}: ${label}`} onClick={() => void copy()}>{copied ? say.copied : say.copy}</Button>
      </div>
    </div>
  );
}
