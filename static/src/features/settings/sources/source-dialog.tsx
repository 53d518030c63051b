/** Connects a mail service, or says something else of one. A token goes in and never comes out again. */
import { useState } from "preact/hooks";
import { Problem } from "../../../kernel/api";
import { duration } from "../../../kernel/format";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { words as common } from "../../../words";
import { sourceWords as words } from "../../../words/sources";
import { change, connect, type Source, test, type Wish } from "./api";

const FIELDS = ["name", "base_url", "token"] as const;
type Field = (typeof FIELDS)[number];

export function SourceDialog({ source, onClose }: { source: Source | null; onClose: () => void }) {
  const [typed, setTyped] = useState<Record<Field, string>>({ name: source?.name ?? "", base_url: source?.base_url ?? "", token: "" });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const errorOf = (name: string) => problem?.errors.find((error) => error.pointer.replace(/^\//, "") === name)?.message;
  const general = problem && !FIELDS.some(errorOf) ? problem.message : null;
  const send = async () => {
    setBusy(true);
    const wish: Wish = { name: typed.name, base_url: typed.base_url, ...(typed.token ? { token: typed.token } : {}) };
    try {
      if (source) {
        await change(source.id, wish);
        toast(words.changed);
      } else {
        const { id } = await connect(wish);
        // Tried out at once: whoever mistyped a token should learn of it here.
        const tested = await test(id).catch(() => null);
        if (tested?.ok) toast(words.works(tested.workspaces ?? 0, duration(tested.duration_ms)));
        else toast(words.connectedBut(tested?.message ?? ""), { tone: "danger" });
      }
      onClose();
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={source ? words.editTitle(source.name) : words.connect}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="primary" type="submit" form="source-form" disabled={busy}>{busy ? common.saving : source ? common.save : words.connectGo}</Button>
        </>
      }
    >
      <form
        id="source-form"
        class="stack gap-4"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {general && <p class="note-danger" role="alert">{general}</p>}
        {FIELDS.map((name, i) => {
          const error = errorOf(name);
          const hint = name === "token" && source?.has_token ? words.fields.tokenKept : words.fields.how[name];
          return (
            <div key={name} class="field">
              <label class="label" for={`source-${name}`}>{words.fields[name]}</label>
              <input
                id={`source-${name}`}
                class="input"
                type={name === "token" ? "password" : name === "base_url" ? "url" : "text"}
                autocomplete={name === "token" ? "new-password" : "off"}
                spellcheck={false}
                autofocus={i === 0}
                value={typed[name]}
                placeholder={name === "base_url" ? "https://mail.example.com" : undefined}
                aria-invalid={error ? true : undefined}
                aria-describedby={`source-${name}-hint`}
                onInput={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
              />
              <p class={error ? "field-error" : "muted t13"} id={`source-${name}-hint`} role={error ? "alert" : undefined}>{error ?? hint}</p>
            </div>
          );
        })}
      </form>
    </Dialog>
  );
}
