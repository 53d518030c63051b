/** Where one writes a note. What is typed is kept until it is sent. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import { draftOf, dropDraft, keepDraft } from "../../kernel/drafts";
import { newKey } from "../../kernel/ids";
import { mentioned } from "../../kernel/mentions";
import { usePeople } from "../../kernel/people";
import { create } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { MentionList, useMentioning } from "./mention-list";

/** Raised by the phone's button at the thumb: the composer takes the focus. */
export const writing = signal(0);

export function Composer({ kind, id }: { kind: string; id: string }) {
  const what = `note.${kind}.${id}`;
  const [typed, setTyped] = useState(() => draftOf<string>(what) ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const people = usePeople();
  const picked = useRef(new Map<string, string>());
  const caret = useRef<number | null>(null);
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
  const mentioning = useMentioning(people, (text, at, who) => {
    picked.current.set(who.name, who.id);
    caret.current = at;
    type(text);
  });
  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [typed]);
  const send = async () => {
    const body = typed.trim();
    if (!body || sending) return;
    setSending(true);
    setProblem(null);
    try {
      const mentions = mentioned(body, people, picked.current);
      await create("notes", { body, about_kind: kind, about_id: id, ...(mentions.length > 0 && { mentions }) }, key.current);
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
        aria-autocomplete="list"
        aria-controls={mentioning.fitting.length > 0 ? `${what}.names` : undefined}
        aria-activedescendant={mentioning.fitting.length > 0 ? `${what}.names-${mentioning.active}` : undefined}
        onInput={(event) => {
          type(event.currentTarget.value);
          mentioning.look(event.currentTarget);
        }}
        onBlur={mentioning.close}
        onKeyDown={(event) => {
          if (mentioning.key(event, event.currentTarget)) return;
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <MentionList id={`${what}.names`} mentioning={mentioning} area={() => area.current} />
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
