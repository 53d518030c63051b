/** A dialog that asks for a few words. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import { useFirst } from "./first";

interface Props {
  title: string;
  label: string;
  how?: string;
  go: string;
  start?: string;
  needed?: boolean;
  busy?: boolean;
  children?: ComponentChildren;
  onGo: (text: string) => void;
  onClose: () => void;
}

export function Ask({ title, label, how, go, start = "", needed, busy, children, onGo, onClose }: Props) {
  const [text, setText] = useState(start);
  const id = useId();
  const first = useFirst<HTMLTextAreaElement>();
  const empty = needed === true && text.trim() === "";
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button class="touch" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button class="touch" look="primary" disabled={empty || busy} onClick={() => onGo(text.trim())}>
            {busy ? words.saving : go}
          </Button>
        </>
      }
    >
      <div class="stack">
        <label class="label" for={id}>
          {label}
        </label>
        <textarea
          id={id}
          class="input"
          rows={4}
          ref={first}
          value={text}
          aria-describedby={how ? `${id}-how` : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {how && (
          <p id={`${id}-how`} class="muted t13">
            {how}
          </p>
        )}
      </div>
      {children}
    </Dialog>
  );
}
