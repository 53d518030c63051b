/** The customer signs on the glass. */
import { useId, useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { moment } from "../../kernel/format";
import { kindOf, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import { todayWords } from "../../words/today";
import { attach, contentOf } from "./api";
import { Bit } from "./bit";
import { whole } from "./order";
import { type Pad, SignaturePad } from "./pad";
import { mayAttach } from "./photos";
import { fileNameFor, isSignature, signerOf } from "./signing";

const w = todayWords.sign;

export function Signature({ order, files }: { order: Row; files: Row[] }) {
  const [open, setOpen] = useState(false);
  if (!may(kindOf("attachments"), "read")) return null;
  const signed = files.filter(isSignature);
  return (
    <Bit
      title={w.title}
      none={signed.length === 0 && w.none}
      action={
        mayAttach() && (
          <Button class="touch" icon="sign" onClick={() => setOpen(true)}>
            {w.add}
          </Button>
        )
      }
    >
      {signed.map((file) => (
        <figure key={file.id} class="signed">
          <img src={contentOf(file.id)} alt="" />
          <figcaption class="muted">
            {w.by(signerOf(file))}, {moment(String(file.created_at))}
          </figcaption>
        </figure>
      ))}
      {open && <SignDialog order={order} onClose={() => setOpen(false)} />}
    </Bit>
  );
}

function SignDialog({ order, onClose }: { order: Row; onClose: () => void }) {
  const pad = useRef<Pad>(null);
  const [name, setName] = useState(String(whole(order, "contact")?.name ?? ""));
  const [inked, setInked] = useState(false);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const ready = inked && name.trim() !== "";
  const save = async () => {
    const picture = await pad.current?.picture();
    if (!picture) return;
    setBusy(true);
    try {
      await attach(order.id, picture, fileNameFor(name));
      onClose();
    } catch (problem) {
      setBusy(false);
      toast(problem instanceof Problem ? problem.message : words.problem.title, { tone: "danger" });
    }
  };
  return (
    <Dialog
      title={w.add}
      onClose={onClose}
      foot={
        <>
          <Button class="touch" onClick={() => pad.current?.clear()}>
            {w.clear}
          </Button>
          <Button class="touch" look="primary" disabled={!ready || busy} title={ready ? undefined : w.needed} onClick={() => void save()}>
            {busy ? words.saving : w.go}
          </Button>
        </>
      }
    >
      <div class="stack">
        <label class="label" for={id}>
          {w.who}
        </label>
        <input id={id} class="input" autocomplete="off" maxLength={80} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </div>
      <div class="stack">
        <p class="label">{w.where}</p>
        <SignaturePad pad={pad} label={w.where} onInk={setInked} />
        <Button look="quiet" icon="pencil" disabled={name.trim() === ""} onClick={() => pad.current?.write(name.trim())}>
          {w.type}
        </Button>
      </div>
    </Dialog>
  );
}
