/** What somebody wrote; the writer may change it. */
import { useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { may, useKind } from "../../kernel/schema";
import { getCurrentUser } from "../../kernel/session";
import { remove, update } from "../../kernel/writes";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { words } from "../../words";
import { When } from "./when";

export function Note({ note, author }: { note: Row; author: string }) {
  const kind = useKind("notes");
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
    await update("notes", note, { body }).catch(() => setTyped(body));
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
          <p class="say lines">{String(note.body)}</p>
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
