/** One file: a picture of it where it is one, else its name. */
import type { Row } from "../../kernel/api";
import { bytes, clock, day, dayOf, today } from "../../kernel/format";
import { contentOf } from "../../kernel/upload";
import { remove } from "../../kernel/writes";
import { words } from "../../words";
import { Button } from "../button";
import { Icon } from "../icon";
import { isPicture, isPlain } from "./pictures";

export function Tile({ row, mayDelete, onLook }: { row: Row; mayDelete: boolean; onLook: () => void }) {
  const name = String(row.name);
  const at = String(row.created_at);
  const drawn = isPicture(row);
  return (
    <li class="photo">
      <a
        href={contentOf(row.id)}
        target="_blank"
        rel="noreferrer"
        aria-label={words.files.open(name)}
        title={name}
        onClick={(event) => {
          if (!drawn || !isPlain(event)) return;
          event.preventDefault();
          onLook();
        }}
      >
        {drawn ? (
          <img src={contentOf(row.id)} alt="" loading="lazy" decoding="async" />
        ) : (
          <span class="photo-file">
            <Icon name="sheet" />
            <span class="photo-name">{name}</span>
            <span class="t12 muted">{bytes(Number(row.bytes ?? 0))}</span>
          </span>
        )}
        {drawn && <span class="photo-when">{dayOf(at) === today() ? clock(at) : day(dayOf(at))}</span>}
      </a>
      {mayDelete && (
        <Button small icon="x" class="photo-drop" label={words.files.delete(name)} onClick={() => void remove("attachments", row).catch(() => {})} />
      )}
    </li>
  );
}
