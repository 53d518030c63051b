/** A field as it is read, and, one click further, as it is changed. */
import type { ComponentChildren } from "preact";
import { pathOf } from "../../kernel/changes";
import type { Row } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { ReferenceLink } from "../../ui/reference-link";
import { PlainValue, Value } from "../../ui/value";
import { words } from "../../words";
import { Editor } from "./editor";
import { useInline } from "./inline";

export function Fact({ field }: { field: Field }) {
  return (
    <div class="fact" data-path={pathOf(field)}>
      <dt>{field.label}</dt>
      <dd>
        <Editable field={field} />
      </dd>
    </div>
  );
}

/** The value of a field; a click on it, or on its pencil, opens the input. Links stay links. */
export function Editable({ field, children }: { field: Field; children?: ComponentChildren }) {
  const inline = useInline();
  if (inline.open[pathOf(field)]) return <Editor field={field} />;
  const shown = children ?? <Shown field={field} row={inline.row} />;
  if (!inline.editable(field)) return <span class="reads">{shown}</span>;
  return (
    <span
      class="reads can-change"
      onClick={(event) => {
        const on = event.target as HTMLElement;
        const marking = String(getSelection() ?? "") !== "";
        if (!on.closest("a") && !marking) inline.begin(field);
      }}
    >
      <span class="reads-value">{shown}</span>
      <button type="button" class="pencil" aria-label={words.record.change(field.label)} title={words.record.change(field.label)}>
        <Icon name="pencil" />
      </button>
    </span>
  );
}

export function Shown({ field, row, plain }: { field: Field; row: Row; plain?: boolean }) {
  return field.type === "reference" ? <ReferenceLink field={field} row={row} plain={plain} /> : plain ? <PlainValue field={field} row={row} /> : <Value field={field} row={row} />;
}
