/** What somebody wrote; the writer may change it. */
import { useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { may, useKind } from "../../kernel/schema";
import { cut, mentioned } from "../../kernel/mentions";
import { usePeople } from "../../kernel/people";
import { getCurrentUser } from "../../kernel/session";
import { remove, update } from "../../kernel/writes";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { words } from "../../words";
import { When } from "./when";

export function Note({ note, author }: { note: Row; author: string }) {
  const kind = useKind("notes");
  const people = usePeople();
  const [typed, setTyped] = useState<string | null>(null);
  const mine = note.created_by === getCurrentUser().id;
  const allowed = (action: "update" | "delete") => may(kind, action) && (mine || kind?.rights[action] === "all");
  const items = [
    ...(allowed("update") ? [{ label: words.record.editNote, icon: "pencil", onPick: () => setTyped(String(note.body)) }] : []),
    ...(allowed("delete") ? [{ label: words.record.deleteNote, icon: "x", danger: true, onPick: () => void remove("notes", note).catch(() => {}) }] : []),
  ];
  const save = async () => {
    const body = typed?.trim();
    if (!body) return;
    setTyped(null);
    // Whoever knows no names cannot say who is meant: then it stays as it was.
    const mentions = mentioned(body, people);
    await update("notes", note, people.length > 0 ? { body, mentions: mentions.length > 0 ? mentions : null } : { body }).catch(() => setTyped(body));
  };
  return (
    <li>
      <span class="node">
        <Avatar name={author} />
      </span>
      <div class="what">
        <div class="note-head">
          <b>{author}</b> <When at={String(note.created_at)} />
          {items.length > 0 && (
            <Menu label={words.record.noteMenu} items={items} button={(open) => <Button {...open} look="quiet" small icon="dots" class="end" label={words.record.noteMenu} />} />
          )}
        </div>
        {typed === null ? (
          <p class="say lines">
            {cut(String(note.body), people.filter((one) => (note.mentions as string[] | null)?.includes(one.id))).map((piece) => (typeof piece === "string" ? piece : <b class="mention">@{piece.name}</b>))}
          </p>
        ) : (
          <div class="stack">
            <textarea class="input small" rows={3} aria-label={words.record.editNote} value={typed} onInput={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Escape") setTyped(null);
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
              }}
            />
            <div class="flex">
              <Button small onClick={() => void save()}>
                {words.save}
              </Button>
              <Button small look="quiet" onClick={() => setTyped(null)}>
                {words.cancel}
              </Button>
            </div>
          </div>
        )}
      </div>
    </li>
  );
}
