/** What happened to a record and what was said about it, newest first. */
import { useState } from "preact/hooks";
import type { Page, Row } from "../../kernel/api";
import { useNames } from "../../kernel/people";
import { usePart } from "../../kernel/pages";
import { type Kind, may, useKind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { aboutPart, type Entry, historyPart, readEarlier } from "./api";
import { Composer } from "./composer";
import { HistoryItem } from "./history-item";
import { Note } from "./note";
import { namingOf } from "./sentences";

type Shown = "all" | "notes" | "history";
type Item = { at: string; note: Row } | { at: string; entry: Entry };

export function Timeline({ kind, row }: { kind: Kind; row: Row }) {
  const noteKind = useKind("notes");
  const noted = kind.about_it?.includes("notes") === true && may(noteKind, "read");
  const history = usePart<Page<Entry>>(historyPart(kind.name, row.id)).data;
  const notes = usePart<Page>(aboutPart("notes", kind.name, row.id), noted).data;
  const [shown, setShown] = useState<Shown>("all");
  const [earlier, setEarlier] = useState<Page<Entry> | null>(null);
  const names = useNames();
  const naming = namingOf(row, names);
  const entries = [...(history?.data ?? []), ...(earlier?.data ?? [])];
  const next = (earlier ?? history)?.page.next_cursor;
  const items: Item[] = [
    ...(shown === "history" ? [] : (notes?.data ?? []).map((note) => ({ at: String(note.created_at), note }))),
    ...(shown === "notes" ? [] : entries.map((entry) => ({ at: entry.at, entry }))),
  ].sort((a, b) => b.at.localeCompare(a.at));
  const more = async (cursor: string) => {
    const page = await readEarlier(kind.name, row.id, cursor);
    setEarlier({ ...page, data: [...(earlier?.data ?? []), ...page.data] });
  };
  const views: [Shown, string][] = [
    ["all", words.record.all],
    ["notes", words.record.comments(notes?.data.length ?? 0)],
    ["history", words.record.history],
  ];
  return (
    <section class="card o6" aria-label={words.record.timeline}>
      <div class="card-head timeline-head">
        <h2>{words.record.timeline}</h2>
        {noted && (
          <div class="end segment" role="group" aria-label={words.record.timeline}>
            {views.map(([name, label]) => (
              <button key={name} type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      {noted && may(noteKind, "create") && <Composer kind={kind.name} id={row.id} />}
      {history && items.length === 0 && (
        <p class="muted t13 pad-x">{shown === "notes" ? words.record.quietNotes : words.record.quiet}</p>
      )}
      <ol class="timeline tl">
        {items.map((item) =>
          "note" in item ? (
            <Note key={item.note.id} note={item.note} author={names(item.note.created_by) ?? authorIn(entries, item.note)} />
          ) : (
            <HistoryItem key={`${item.at}${item.entry.version}`} kind={kind} entry={item.entry} naming={naming} />
          ),
        )}
      </ol>
      {next && shown !== "notes" && (
        <div class="pad-x pad-b">
          <Button small onClick={() => void more(next)}>
            {words.record.earlier}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Somebody who left is in no list of people, but perhaps in the history. */
function authorIn(entries: Entry[], note: Row): string {
  return entries.find((entry) => entry.user_id === note.created_by)?.user_name ?? words.record.somebody;
}
