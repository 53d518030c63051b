/** The stages of a deal, in order: by dragging, or by the menu of each. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, may } from "../../kernel/schema";
import { remove, update } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { Ask } from "./ask";
import { EditDialog } from "./edit-dialog";
import { nameFrom } from "./field-dialog";
import { label, rowsOf } from "./parts";
import { Section } from "./section";

const LIST = "deal-stage";

export function Stages() {
  const { data, error, refetch } = usePart(rowsOf("status-options"));
  const kind = kindOf("status-options");
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const [asking, setAsking] = useState<Row | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const rows = (data?.data ?? []).filter((row) => row.list === LIST).sort((a, b) => Number(a.position) - Number(b.position));
  const now = useRef(rows);
  now.current = rows;
  const mayOrder = may(kind, "update");

  /** Gives every stage its place, where it has another one. */
  const order = async (next: Row[]) => {
    for (const [i, row] of next.entries()) {
      if (row.position !== i + 1) await update("status-options", row, { position: i + 1 }, true).catch(() => null);
    }
  };
  const move = (from: number, to: number) => {
    const next = [...now.current];
    const [taken] = next.splice(from, 1);
    if (taken) next.splice(to, 0, taken);
    void order(next);
  };
  useEffect(() => {
    const element = list.current;
    if (!element || !mayOrder) return;
    let stop = () => {};
    void import("sortablejs").then(({ default: Sortable }) => {
      const sortable = Sortable.create(element, {
        handle: ".handle",
        animation: 120,
        onEnd: ({ oldIndex, newIndex, item }) => {
          if (oldIndex === undefined || newIndex === undefined || oldIndex === newIndex) return;
          // The rows are drawn from the data: the node goes back, and the data moves.
          const before = element.children[newIndex > oldIndex ? oldIndex : oldIndex + 1] ?? null;
          element.insertBefore(item, before);
          move(oldIndex, newIndex);
        },
      });
      stop = () => sortable.destroy();
    });
    return () => stop();
  }, [data === undefined, mayOrder]);

  if (!kind) return null;
  return (
    <Section name="stages" action={may(kind, "create") && <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{words.settings.addStage}</Button>}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && (
        <ol class="card setrows" ref={list}>
          {rows.map((row, i) => (
            <li key={row.id}>
              {mayOrder && <span class="handle desk" aria-hidden="true" title={words.settings.dragHow}>⠿</span>}
              <button type="button" class="grow setrow-name" disabled={!mayOrder} onClick={() => setOpen(row)}><b>{label(row)}</b></button>
              <span class="muted desk beside">{`${words.settings.countsAsOf[String(row.counts_as)] ?? ""}${row.probability === null ? "" : `, ${row.probability} %`}`}</span>
              <Menu label={words.settings.menuOf(label(row))}
                items={[
                  { label: words.settings.edit, icon: "pencil", disabled: !mayOrder, onPick: () => setOpen(row) },
                  { label: words.settings.up, icon: "up", disabled: i === 0 || !mayOrder, onPick: () => move(i, i - 1) },
                  { label: words.settings.down, icon: "down", disabled: i === rows.length - 1 || !mayOrder, onPick: () => move(i, i + 1) },
                  { label: words.settings.delete, icon: "x", danger: true, disabled: !may(kind, "delete"), onPick: () => setAsking(row) },
                ]}
                button={(opener) => <Button look="quiet" small icon="dots" label={words.settings.menuOf(label(row))} {...opener} />} />
            </li>
          ))}
        </ol>
      )}
      {open && (
        <EditDialog kind={kind} row={open === "new" ? null : open} title={open === "new" ? words.settings.addStage : label(open)} fields={["label", "counts_as", "probability"]}
          begin={{ label: "", counts_as: "open", list: LIST, position: rows.length + 1 }}
          complete={(changes) => (open === "new" ? { ...changes, name: nameFrom(String(changes.label ?? "")) } : changes)}
          onClose={() => setOpen(null)} />
      )}
      {asking && <Ask title={words.settings.deleteStage(label(asking))} how={words.settings.deleteStageHow} go={words.settings.delete} onClose={() => setAsking(null)} onGo={() => void remove("status-options", asking)} />}
    </Section>
  );
}
