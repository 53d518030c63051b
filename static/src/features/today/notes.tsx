/** What a technician writes down for the office and for whoever comes next. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { ago } from "../../kernel/format";
import { kindOf, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { todayWords } from "../../words/today";
import { writeNote } from "./api";
import { Ask } from "./ask";
import { Bit } from "./bit";

const w = todayWords.notes;

/** The dialog also opens from the buttons under the job. */
export const writing = signal<string | null>(null);

export function Notes({ order, notes }: { order: Row; notes: Row[] }) {
  if (!may(kindOf("notes"), "read")) return null;
  return (
    <Bit
      title={w.title}
      none={notes.length === 0 && w.none}
      action={
        may(kindOf("notes"), "create") && (
          <Button class="touch" icon="comment" onClick={() => (writing.value = order.id)}>
            {w.add}
          </Button>
        )
      }
    >
      <ul class="said">
        {notes.map((note) => (
          <li key={note.id}>
            <p>{String(note.body)}</p>
            <small>{ago(String(note.created_at))}</small>
          </li>
        ))}
      </ul>
    </Bit>
  );
}

export function NoteDialog({ order }: { order: Row }) {
  const [busy, setBusy] = useState(false);
  if (writing.value !== order.id) return null;
  const close = () => (writing.value = null);
  const send = async (body: string) => {
    setBusy(true);
    try {
      await writeNote(order.id, body);
      close();
    } catch (problem) {
      toast(problem instanceof Problem ? problem.message : words.problem.title, { tone: "danger" });
    }
    setBusy(false);
  };
  return <Ask title={w.add} label={w.text} go={w.go} busy={busy} needed onGo={send} onClose={close} />;
}
