/** A field of one's own. What it belongs to and what it holds stay as they were made. */
import type { Row } from "../../kernel/api";
import { type Kind, useSchema } from "../../kernel/schema";
import type { Changes } from "../../kernel/writes";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { EditDialog, type OwnInput, Tick } from "./edit-dialog";
import { label } from "./parts";

export function FieldDialog({ kind, row, onClose }: { kind: Kind; row: Row | null; onClose: () => void }) {
  const schema = useSchema();
  const kinds = schema?.kinds.filter((one) => one.writable && !["roles", "users", "custom-fields", "status-options", "views"].includes(one.name)) ?? [];
  const tick = (text: string): OwnInput => (value, change) => <Tick label={text} value={value} onChange={change} />;
  const inputs: Record<string, OwnInput> = {
    label: (value, change) => (
      <label class="stack gap-1">
        <span class="label">{words.settings.label}</span>
        <input class="input" autofocus maxLength={200} value={String(value ?? "")} onInput={(event) => change(event.currentTarget.value)} />
      </label>
    ),
    kind: (value, change) => (
      <label class="stack gap-1">
        <span class="label">{words.settings.ofKind}</span>
        <select class="input" value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          {kinds.map((one) => <option key={one.name} value={one.name}>{capital(one.many)}</option>)}
        </select>
      </label>
    ),
    type: (value, change) => (
      <label class="stack gap-1">
        <span class="label">{words.settings.type}</span>
        <select class="input" value={String(value)} onChange={(event) => change(event.currentTarget.value)}>
          {Object.entries(words.settings.types).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
        </select>
      </label>
    ),
    options: (value, change, now) => now.type === "text" && (
      <label class="stack gap-1">
        <span class="label">{words.settings.options}</span>
        <textarea class="input" rows={4} value={typeof value === "string" ? value : ((value as string[] | null) ?? []).join("\n")} onInput={(event) => change(event.currentTarget.value)} />
        <span class="muted t12">{words.settings.optionsHow}</span>
      </label>
    ),
    required: tick(words.settings.required),
    filterable: tick(words.settings.filterable),
    client_visible: tick(words.settings.clientVisible),
  };
  const complete = (changes: Changes): Changes => {
    const done = { ...changes };
    if (typeof done.options === "string") {
      const lines = done.options.split("\n").map((line) => line.trim()).filter(Boolean);
      done.options = lines.length > 0 ? [...new Set(lines)] : null;
    }
    if (!row) done.name = nameFrom(String(done.label ?? ""));
    return done;
  };
  const always = ["options", "required", "filterable", "client_visible"];
  return (
    <EditDialog
      kind={kind}
      row={row}
      title={row ? words.settings.editField(label(row)) : words.settings.addField}
      fields={row ? ["label", ...always] : ["label", "kind", "type", ...always]}
      begin={{ label: "", kind: "companies", type: "text", filterable: true }}
      inputs={inputs}
      complete={complete}
      save={row ? undefined : words.settings.addField}
      onClose={onClose}
    />
  );
}

/** `Load (kg)` becomes `load_kg`. */
export function nameFrom(text: string): string {
  const bare = text.toLowerCase().normalize("NFKD").replaceAll(/[\u0300-\u036f]/g, "").replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "").slice(0, 50);
  return /^[a-z]/.test(bare) || bare === "" ? bare : `field_${bare}`;
}
