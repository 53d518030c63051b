/** Which columns a list shows, and in which order. */
import { useRef, useState } from "preact/hooks";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Floating } from "../../ui/menu";
import { words } from "../../words";
import { allColumns, type Column } from "./columns";

interface Props {
  kind: Kind;
  columns: Column[];
  /** Null for the kind's own. */
  onChange: (columns: string[] | null) => void;
}

export function Chooser({ kind, columns, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  return (
    <span class="menu-root" ref={root}>
      <Button look="quiet" small icon="columns" label={words.list.columns} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)} />
      {open && (
        <Floating anchor={root.current} onClose={() => setOpen(false)}>
          <Choices kind={kind} columns={columns} onChange={onChange} />
        </Floating>
      )}
    </span>
  );
}

function Choices({ kind, columns, onChange }: Props) {
  const shown = columns.map((column) => column.path);
  const others = allColumns(kind).filter((column) => !shown.includes(column.path));
  const swap = (at: number, to: number) => {
    const next = [...shown];
    [next[at], next[to]] = [next[to] as string, next[at] as string];
    onChange(next);
  };
  return (
    <div class="chooser" role="group" aria-label={words.list.columns}>
      <ul>
        {columns.map((column, i) => (
          <li key={column.path}>
            <label class="grow">
              <input type="checkbox" checked disabled={shown.length === 1} onChange={() => onChange(shown.filter((path) => path !== column.path))} />
              <span class="cut">{column.field.label}</span>
            </label>
            <Button look="quiet" small icon="up" label={words.list.up(column.field.label)} disabled={i === 0} onClick={() => swap(i, i - 1)} />
            <Button look="quiet" small icon="down" label={words.list.down(column.field.label)} disabled={i === shown.length - 1} onClick={() => swap(i, i + 1)} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <ul>
          {others.map((column) => (
            <li key={column.path}>
              <label class="grow">
                <input type="checkbox" checked={false} onChange={() => onChange([...shown, column.path])} />
                <span class="cut">{column.field.label}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <Button look="quiet" small onClick={() => onChange(null)}>
        {words.list.columnsReset}
      </Button>
    </div>
  );
}
