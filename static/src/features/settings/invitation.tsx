/** A link to hand over. It is shown this once. */
import { moment } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import { settingWords } from "../../words/settings";
import { useCopy } from "./copy";

export interface Invitation {
  purpose: string;
  url: string;
  expires_at: string;
  person: string;
}

export function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { field, came, copy } = useCopy<HTMLInputElement>(invitation.url);
  return (
    <Dialog
      title={settingWords.linkTitle[invitation.purpose] ?? settingWords.link}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.close}</Button>
          <Button look="primary" icon={came === "copied" ? "check" : undefined} onClick={copy}>{came === "copied" ? settingWords.copied : settingWords.copy}</Button>
        </>
      }
    >
      <p>{settingWords.linkHow(invitation.person, moment(invitation.expires_at))}</p>
      <input ref={field} class="input mono t13" readOnly aria-label={settingWords.link} value={invitation.url} onFocus={(event) => event.currentTarget.select()} />
      <p class="muted t12" role="status">{came === "selected" ? settingWords.selected : ""}</p>
    </Dialog>
  );
}
