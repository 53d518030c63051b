/** What can be done with the selected rows. */
import { useRef, useState } from "preact/hooks";
import type { Field, Kind } from "../../kernel/schema";
import { fieldsOf, may } from "../../kernel/schema";
import { bulk } from "../../kernel/bulk";
import { Problem } from "../../kernel/api";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FieldInput } from "../../ui/edit/input";
import { Icon } from "../../ui/icon";
import { Floating, Menu } from "../../ui/menu";
import { words } from "../../words";
import { exportSome, FORMATS, MOST_SELECTED } from "./export";
import type { Selection } from "./selection";

/** What the server takes at once. */
const MOST = 1000;

/** Fields that can be the same for many records. */
export function settable(kind: Kind): Field[] {
  const fit = fieldsOf(kind).filter((f) => !f.read_only && !f.derived && !f.protected && (f.type === "choice" || f.type === "bool" || f.type === "reference" || (f.choices?.length ?? 0) > 0));
  const state = kind.states?.field;
  return fit.sort((a, b) => Number(b.name === state) - Number(a.name === state));
}

export default function Bulk({ kind, selection }: { kind: Kind; selection: Selection }) {
  const [field, setField] = useState<Field | null>(null);
  const [asking, setAsking] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const ids = [...selection.ids];
  const fields = may(kind, "update") ? settable(kind) : [];
  const [state] = fields;
  const b = words.bulk;
  const run = async (action: "update" | "delete", changes?: Record<string, unknown>) => {
    if (ids.length > MOST) return toast(b.tooMany(MOST), { tone: "danger" });
    try {
      const { results } = await bulk(kind.name, action, ids, changes);
      // What was refused stays selected, so that one sees which.
      selection.setAll(results.filter((result) => result.status >= 400).map((result) => result.id));
    } catch (problem) {
      if (problem instanceof Problem) toast(problem.message, { tone: "danger" });
    }
  };
  const more = [
    ...fields.slice(1).map((one) => ({ label: b.set(one.label), onPick: () => setField(one) })),
    ...(may(kind, "delete") ? [{ label: b.drop, icon: "x", danger: true, onPick: () => setAsking(true) }] : []),
  ];
  return (
    <div class="bulk" role="toolbar" aria-label={b.label(ids.length)} ref={root}>
      <span class="count">{b.selected(ids.length)}</span>
      {state && (
        <Button look="quiet" small aria-haspopup="dialog" onClick={() => setField(state)}>
          <Icon name={state.type === "choice" ? "half" : "pencil"} />
          <span class="desk">{b.set(state.label)}</span>
          <span class="phone">{state.label}</span>
        </Button>
      )}
      {may(kind, "export") && (
        <Menu
          label={words.list.export}
          items={FORMATS.map((format) => ({
            label: words.list.exportAs[format],
            onPick: () => (ids.length > MOST_SELECTED ? toast(words.list.exportTooMany(MOST_SELECTED), { tone: "info" }) : exportSome(kind, ids, format)),
          }))}
          button={(open) => (
            <Button look="quiet" small icon="download" aria-label={words.list.export} {...open}>
              <span class="desk">{words.list.export}</span>
            </Button>
          )}
        />
      )}
      {more.length > 0 && <Menu label={words.more} items={more} button={(open) => <Button look="quiet" small icon="dots" label={words.more} {...open} />} />}
      <Button look="quiet" small icon="x" label={b.clear} onClick={selection.clear} />
      {field && (
        <Floating anchor={root.current} onClose={() => setField(null)}>
          <SetField
            field={field}
            many={ids.length}
            onSet={(value) => {
              setField(null);
              void run("update", field.own ? { custom: { [field.name]: value } } : { [field.name]: value });
            }}
          />
        </Floating>
      )}
      {asking && (
        <Dialog
          title={b.dropAsk(ids.length, kind.many)}
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>{words.cancel}</Button>
              <Button
                look="danger"
                onClick={() => {
                  setAsking(false);
                  void run("delete");
                }}
              >
                {b.drop}
              </Button>
            </>
          }
        >
          <p>{b.dropHow}</p>
        </Dialog>
      )}
    </div>
  );
}

function SetField({ field, many, onSet }: { field: Field; many: number; onSet: (value: unknown) => void }) {
  const [value, setValue] = useState<unknown>(null);
  return (
    <form
      class="filter-editor"
      aria-label={words.bulk.set(field.label)}
      onSubmit={(event) => {
        event.preventDefault();
        onSet(value);
      }}
    >
      <label class="stack gap-1">
        <span class="t13">
          <b>{words.bulk.set(field.label)}</b> <span class="muted">{words.bulk.setFor(many)}</span>
        </span>
        <FieldInput field={field} value={value} small onChange={setValue} />
      </label>
      <Button type="submit" small disabled={value === null && field.required}>
        {words.save}
      </Button>
    </form>
  );
}
