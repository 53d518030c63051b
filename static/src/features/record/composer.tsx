/** Where one writes a note. What is typed is kept until it is sent. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import { draftOf, dropDraft, keepDraft } from "../../kernel/drafts";
import { newKey } from "../../kernel/ids";
import { create } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { words } from "../../words";

/** Raised by the phone's button at the thumb: the composer takes the focus. */
export const writing = signal(0);

export function Composer({ kind, id }: { kind: string; id: string }) {
  const what = `note.${kind}.${id}`;
  const [typed, setTyped] = useState(() => draftOf<string>(what) ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const key = useRef(newKey());
  const asked = writing.value;
  const first = useRef(asked);
  useEffect(() => {
    if (asked === first.current) return;
    area.current?.focus();
    area.current?.scrollIntoView({ block: "center" });
  }, [asked]);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, 240)}px`;
  }, [typed]);
  const type = (text: string) => {
    setTyped(text);
    key.current = newKey();
    if (text) keepDraft(what, text);
    else dropDraft(what);
  };
  const send = async () => {
    const body = typed.trim();
    if (!body || sending) return;
    setSending(true);
    setProblem(null);
    try {
      await create("notes", { body, about_kind: kind, about_id: id }, key.current);
      type("");
    } catch (refused) {
      setProblem(refused instanceof Problem ? (refused.errors[0]?.message ?? refused.message) : words.problem.title);
    } finally {
      setSending(false);
    }
  };
  return (
    <div class="say-box">
      <textarea
        ref={area}
        class="input small"
        rows={1}
        placeholder={words.record.write}
        aria-label={words.record.write}
        aria-invalid={problem !== null || undefined}
        value={typed}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <Button look="primary" disabled={sending} onClick={() => void send()}>
        {sending ? words.record.sending : words.record.send}
      </Button>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
