/** A grid of files: drop some on it, choose some, or take a photo. Shows what is still being sent. */
import { useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { toast } from "../../kernel/toasts";
import { MAX_BYTES, upload } from "../../kernel/upload";
import { words } from "../../words";
import { Button } from "../button";
import { Icon } from "../icon";
import { Lightbox } from "./lightbox";
import { isPicture } from "./pictures";
import { type Going, Sending } from "./sending";
import { Tile } from "./tile";
import "./style.css";

interface Props {
  kind: string;
  id: string;
  files: Row[];
  mayAdd: boolean;
  mayDelete: boolean;
}

let last = 0;

export function Files({ kind, id, files, mayAdd, mayDelete }: Props) {
  const [going, setGoing] = useState<Going[]>([]);
  const [over, setOver] = useState(false);
  const [looked, setLooked] = useState<string | null>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const change = (key: number, part: Partial<Going> | null) =>
    setGoing((now) => now.flatMap((one) => (one.key !== key ? [one] : part ? [{ ...one, ...part }] : [])));

  const send = async ({ key, file }: Going): Promise<void> => {
    change(key, { share: 0, problem: undefined });
    try {
      await upload(kind, id, file, (share) => change(key, { share }));
      change(key, null);
    } catch (problem) {
      change(key, { problem: problem instanceof Problem ? problem.message : words.problem.title });
    }
  };

  const add = async (list: Iterable<File> | null | undefined): Promise<void> => {
    const all = [...(list ?? [])];
    for (const file of all.filter((one) => one.size > MAX_BYTES)) toast(words.files.tooLarge(file.name), { tone: "danger" });
    const fresh = all.filter((one) => one.size <= MAX_BYTES).map((file) => ({ key: ++last, file, share: 0 }));
    setGoing((now) => [...now, ...fresh]);
    // One after the other: a phone's line is narrow.
    for (const one of fresh) await send(one);
  };

  const take = (event: { currentTarget: HTMLInputElement }) => {
    void add(event.currentTarget.files);
    event.currentTarget.value = "";
  };

  const bare = files.length + going.length === 0;
  return (
    <div
      class={over ? "photos-drop over" : "photos-drop"}
      onDragOver={(event) => {
        if (!mayAdd || !event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!mayAdd) return;
        event.preventDefault();
        setOver(false);
        void add(event.dataTransfer?.files);
      }}
    >
      {bare ? (
        mayAdd && (
          <div class="photos-none">
            <span class="muted t13 grow desk">{words.files.none}</span>
            <Button small icon="upload" onClick={() => chosen.current?.click()}>
              {words.files.addLong}
            </Button>
            <span class="phone">
              <Button small icon="camera" onClick={() => camera.current?.click()}>
                {words.files.camera}
              </Button>
            </span>
          </div>
        )
      ) : (
        <ul class="photos">
          {files.map((row) => (
            <Tile key={row.id} row={row} mayDelete={mayDelete} onLook={() => setLooked(row.id)} />
          ))}
          {going.map((one) => (
            <Sending key={one.key} going={one} onAgain={() => void send(one)} onDrop={() => change(one.key, null)} />
          ))}
          {mayAdd && (
            <li>
              <button type="button" class="photo new" onClick={() => chosen.current?.click()}>
                <Icon name="upload" />
                {words.files.add}
              </button>
            </li>
          )}
          {mayAdd && (
            <li class="phone">
              <button type="button" class="photo new" onClick={() => camera.current?.click()}>
                <Icon name="camera" />
                {words.files.camera}
              </button>
            </li>
          )}
        </ul>
      )}
      {looked && <Lightbox pictures={files.filter(isPicture)} id={looked} onClose={() => setLooked(null)} />}
      <input ref={chosen} type="file" multiple hidden aria-label={words.files.addLong} onChange={take} />
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-label={words.files.camera} onChange={take} />
    </div>
  );
}
