/** A link to hand over. It is shown this once. */
import { useState } from "preact/hooks";
import { moment } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";

export interface Invitation {
  purpose: string;
  url: string;
  expires_at: string;
  person: string;
}

export function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(invitation.url).catch(() => {});
    setCopied(true);
  };
  return (
    <Dialog
      title={words.settings.linkTitle[invitation.purpose] ?? words.settings.link}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.close}</Button>
          <Button look="primary" icon={copied ? "check" : undefined} onClick={() => void copy()}>{copied ? words.settings.copied : words.settings.copy}</Button>
        </>
      }
    >
      <p>{words.settings.linkHow(invitation.person, moment(invitation.expires_at))}</p>
      <input class="input mono t13" readOnly aria-label={words.settings.link} value={invitation.url} onFocus={(event) => event.currentTarget.select()} />
    </Dialog>
  );
}
