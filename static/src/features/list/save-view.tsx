/** Asks what a view is to be called, and who sees it. */
import { useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import type { Place } from "./address";
import { rename, saveView, type View } from "./views";

interface Props {
  kind: Kind;
  place: Place;
  columns: string[];
  position: number;
  /** The view that gets another name; null to make one. */
  renamed: View | null;
  onClose: () => void;
  /** With the id of a new view. */
  onSaved: (id: string | null) => void;
}

export default function SaveView({ kind, place, columns, position, renamed, onClose, onSaved }: Props) {
  const [name, setName] = useState(renamed?.name ?? "");
  const [shared, setShared] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const w = words.list.views;
  const save = async () => {
    if (!name.trim()) return setWrong(w.nameFirst);
    try {
      if (renamed) await rename(renamed, name.trim());
      const made = renamed ? null : await saveView(kind.name, name.trim(), shared, place, columns, position);
      onSaved(made?.id ?? null);
    } catch (problem) {
      if (problem instanceof Problem) setWrong(problem.errors[0]?.message ?? problem.message);
    }
  };
  return (
    <Dialog
      title={renamed ? w.rename : w.save}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="primary" onClick={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        class="stack gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label class="stack gap-1">
          <span class="label">{w.name}</span>
          <input class="input" autofocus value={name} maxLength={200} aria-invalid={wrong !== null || undefined} aria-describedby="view-wrong" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <p id="view-wrong" class="t13 tone-danger" role="alert" hidden={!wrong}>
          {wrong}
        </p>
        {!renamed && (
          <label class="flex t14">
            <input type="checkbox" checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
            {w.sharedToo}
          </label>
        )}
        {!renamed && <p class="muted t13">{w.saveHow}</p>}
      </form>
    </Dialog>
  );
}
