/** The input of one field in its place: Enter saves, Escape cancels, leaving it saves. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { pathOf } from "../../kernel/changes";
import type { Field } from "../../kernel/schema";
import { FieldInput } from "../../ui/edit/input";
import { words } from "../../words";
import { useInline } from "./inline";

/** Chosen, not typed: such a value is saved as soon as it is picked. */
const PICKED = new Set(["choice", "bool", "reference"]);

export function Editor({ field }: { field: Field }) {
  const inline = useInline();
  const at = inline.open[pathOf(field)];
  const [value, setValue] = useState(at?.value);
  const box = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  const help = useId();
  useEffect(() => box.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus(), []);
  const save = (given: unknown) => {
    if (done.current) return;
    done.current = true;
    inline.save(field, given);
  };
  const picked = PICKED.has(field.type) || field.choices !== undefined;
  return (
    <div
      class="editor"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          done.current = true;
          inline.cancel(field);
        } else if (event.key === "Enter" && !event.defaultPrevented) {
          if (field.type === "long_text" && !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          save(value);
        }
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget as Node | null;
        // Another window in front is no decision.
        if (document.hasFocus() && !box.current?.contains(next)) save(value);
      }}
    >
      <FieldInput
        field={field}
        value={value}
        row={inline.row}
        small
        invalid={at?.message !== undefined}
        describedBy={help}
        onChange={(given) => {
          setValue(given);
          if (picked && given !== null) save(given);
        }}
      />
      <p id={help} class={at?.message ? "field-error" : "hidden-visually"}>
        {at?.message ?? words.record.saveKeys}
      </p>
    </div>
  );
}
