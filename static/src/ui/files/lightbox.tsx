/** Pictures large, one after the other, in the browser's own dialog: focus stays inside, Escape leaves. */
import { useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { moment } from "../../kernel/format";
import { contentOf } from "../../kernel/upload";
import { words } from "../../words";
import { Button } from "../button";
import { Icon } from "../icon";
import { useModal } from "../modal";
import "./lightbox.css";

interface Props {
  pictures: Row[];
  /** The one to begin with. */
  id: string;
  onClose: () => void;
}

export function Lightbox({ pictures, id, onClose }: Props) {
  const [shown, setShown] = useState(id);
  const dialog = useModal();
  const at = Math.max(0, pictures.findIndex((one) => one.id === shown));
  const picture = pictures[at];
  const several = pictures.length > 1;
  const step = (by: number) => setShown(pictures[(at + by + pictures.length) % pictures.length]?.id ?? id);
  if (!picture) return null;
  const name = String(picture.name);
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={words.files.picture(name)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // The page behind has keys of its own.
        event.stopPropagation();
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
      }}
      onClick={(event) => event.target instanceof Element && !event.target.closest("img, button, a") && onClose()}
    >
      <header>
        <b class="cut">{name}</b>
        <span class="muted nowrap">{moment(String(picture.created_at))}</span>
        <a class="btn small end" href={contentOf(picture.id)} target="_blank" rel="noreferrer">
          <Icon name="open" />
          <span class="desk">{words.files.newTab}</span>
          <span class="phone hidden-visually">{words.files.newTab}</span>
        </a>
        <Button small icon="x" label={words.close} onClick={onClose} />
      </header>
      <img key={picture.id} src={contentOf(picture.id)} alt={name} />
      {several && (
        <footer>
          <Button icon="left" label={words.files.previous} onClick={() => step(-1)} />
          <span role="status">{words.files.at(at + 1, pictures.length)}</span>
          <Button icon="right" label={words.files.next} onClick={() => step(1)} />
        </footer>
      )}
    </dialog>
  );
}
