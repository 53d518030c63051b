/** A protected value: covered until somebody asks to see it. */
import { useState } from "preact/hooks";
import { pathOf } from "../../kernel/changes";
import type { Row } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { valueOf } from "../../ui/value";
import { words } from "../../words";
import { Editor } from "./editor";
import { useInline } from "./inline";

export function Well({ field, row, editable }: { field: Field; row: Row; editable?: boolean }) {
  const [shown, setShown] = useState(false);
  const inline = useInline();
  const value = valueOf(row, field);
  const changes = editable && inline.editable(field);
  if (editable && inline.open[pathOf(field)]) {
    return (
      <div class="stack gap-1">
        <span class="t13 muted">{field.label}</span>
        <Editor field={field} />
      </div>
    );
  }
  if (!value) {
    return changes ? (
      <div class="secret">
        <Icon name="lock" />
        <span class="muted">{field.label}</span>
        <Button small class="end" icon="plus" onClick={() => inline.begin(field)}>
          {words.files.add}
        </Button>
      </div>
    ) : null;
  }
  return (
    <div class={shown ? "secret shown" : "secret"} data-path={field.name}>
      <Icon name="lock" />
      <span class="muted nowrap">{field.label}</span>
      {shown ? (
        <span class="code-text">{String(value)}</span>
      ) : (
        <span class="mono" role="img" aria-label={words.record.hidden}>
          ••••••
        </span>
      )}
      <span class="end flex gap-1">
        {shown && changes && (
          <Button look="quiet" small icon="pencil" label={words.record.change(field.label)} onClick={() => inline.begin(field)} />
        )}
        <Button small icon="eye" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.record.hide : words.show}
        </Button>
      </span>
    </div>
  );
}
