/** What each row is. Another answer sends the same file again, as the server reads it by its kind. */
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { Problem } from "../../kernel/api";
import { type Kind, useSchema } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { type Import, upload } from "./api";
import { importable } from "./targets";
import { keep, sent } from "./use-import";

export function KindPicker({ found, kind }: { found: Import; kind: Kind }) {
  const schema = useSchema();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const file = sent.get(found.id);
  // After a reload the file is gone from this page; starting over asks for it again.
  if (!file) return null;
  const again = async (name: string) => {
    setBusy(true);
    try {
      const draft = await upload(name, file, () => {}, new AbortController().signal);
      sent.set(draft.id, file);
      keep(draft);
      go(`/import/${name}?id=${draft.id}`);
    } catch (error) {
      if (error instanceof Problem) toast(error.message, { tone: "danger" });
      setBusy(false);
    }
  };
  return (
    <label class="kind-picker">
      <span class="muted t13 desk">{words.imports.rowsAre}</span>
      <select class="input small" aria-label={words.imports.rowsAre} disabled={busy} value={kind.name} onChange={(event) => void again(event.currentTarget.value)}>
        {schema?.kinds.filter(importable).map((one) => <option key={one.name} value={one.name}>{capital(one.many)}</option>)}
      </select>
    </label>
  );
}
