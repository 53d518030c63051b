/** A file on its way, or one that did not get there. */
import { words } from "../../words";
import { Button } from "../button";

export interface Going {
  key: number;
  file: File;
  /** 0 to 1. */
  share: number;
  problem?: string;
}

export function Sending({ going, onAgain, onDrop }: { going: Going; onAgain: () => void; onDrop: () => void }) {
  const { name } = going.file;
  if (!going.problem) {
    return (
      <li class="photo going">
        <span class="photo-name">{name}</span>
        <progress max={1} value={going.share} aria-label={words.files.sending(name, Math.round(going.share * 100))} />
      </li>
    );
  }
  return (
    <li class="photo going failed">
      <span class="photo-name">{name}</span>
      <span class="photo-why" role="alert">
        {going.problem}
      </span>
      <span class="flex gap-1">
        <Button small icon="refresh" label={words.files.again(name)} onClick={onAgain} />
        <Button small icon="x" label={words.files.drop1(name)} onClick={onDrop} />
      </span>
    </li>
  );
}
