/** Photos and other files of a job. */
import { useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { bytes } from "../../kernel/format";
import { kindOf, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Lightbox } from "../../ui/files/lightbox";
import { isPicture, isPlain } from "../../ui/files/pictures";
import { words } from "../../words";
import { todayWords } from "../../words/today";
import { attach, contentOf } from "./api";
import { Bit } from "./bit";
import { isSignature } from "./signing";

const w = todayWords.photos;
/** The server takes no more. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Files are not made like other records, so it is the right alone that counts. */
export const mayAttach = (): boolean => (kindOf("attachments")?.rights.create ?? "none") !== "none";

export function Photos({ order, files }: { order: Row; files: Row[] }) {
  const [looked, setLooked] = useState<string | null>(null);
  if (!may(kindOf("attachments"), "read")) return null;
  const shown = files.filter((file) => !isSignature(file));
  return (
    <Bit title={w.title} none={shown.length === 0 && w.none} action={mayAttach() && <PhotoButton order={order} label={w.add} />}>
      {shown.length > 0 && (
        <ul class="photos">
          {shown.map((file) => (
            <li key={file.id}>
              <a
                href={contentOf(file.id)}
                target="_blank"
                rel="noreferrer"
                aria-label={w.open(String(file.name))}
                onClick={(event) => {
                  if (!isPicture(file) || !isPlain(event)) return;
                  event.preventDefault();
                  setLooked(file.id);
                }}
              >
                {isPicture(file) ? <img src={contentOf(file.id)} alt={String(file.name)} loading="lazy" /> : <Paper file={file} />}
              </a>
            </li>
          ))}
        </ul>
      )}
      {looked && <Lightbox pictures={shown.filter(isPicture)} id={looked} onClose={() => setLooked(null)} />}
    </Bit>
  );
}

function Paper({ file }: { file: Row }) {
  return (
    <span class="paper">
      <Icon name="sheet" />
      <span class="cut">{String(file.name)}</span>
      <small>{file.bytes == null ? "" : bytes(Number(file.bytes))}</small>
    </span>
  );
}

/** Opens the camera, or the pictures that are on the device. */
export function PhotoButton({ order, label }: { order: Row; label: string }) {
  const picker = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState(0);
  const send = async (chosen: File[]) => {
    const large = chosen.find((file) => file.size > MAX_BYTES);
    if (large) toast(w.tooLarge(large.name), { tone: "danger" });
    const fit = chosen.filter((file) => file.size <= MAX_BYTES);
    setSending(fit.length);
    let sent = 0;
    try {
      for (const file of fit) {
        await attach(order.id, file, file.name || "photo.jpg");
        sent += 1;
        setSending(fit.length - sent);
      }
    } catch (problem) {
      toast(problem instanceof Problem ? problem.message : words.problem.title, { tone: "danger" });
    }
    setSending(0);
    if (sent) toast(w.sent(sent));
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          void send([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <Button class="touch" icon="camera" disabled={sending > 0} onClick={() => picker.current?.click()}>
        {sending ? w.sending(sending) : label}
      </Button>
    </>
  );
}
