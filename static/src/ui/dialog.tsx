/** A question over the page: the browser's own dialog, so that focus and Escape work as they should. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Button } from "./button";
import { useModal } from "./modal";
import { words } from "../words";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons, the primary one last. */
  foot?: ComponentChildren;
  wide?: boolean;
}

export function Dialog({ title, onClose, children, foot, wide }: Props) {
  const dialog = useModal();
  const name = useId();
  return (
    <dialog
      ref={dialog}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id={name}>{title}</h2>
          <Button look="quiet" small icon="x" label={words.close} onClick={onClose} />
        </header>
        <div class="dialog-body">{children}</div>
        {foot && <footer class="dialog-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}
