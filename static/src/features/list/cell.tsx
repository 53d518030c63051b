/** A cell that is being changed: Enter keeps it, Escape leaves it as it was. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { same } from "../../kernel/writes";
import { FieldInput } from "../../ui/edit/input";
import type { Column } from "./columns";
import { fieldFor, plain, saveCell } from "./edit";
import { rawOf } from "./local";

interface Props {
  kind: Kind;
  row: Row;
  column: Column;
  onDone: () => void;
}

/** What is chosen rather than typed is kept as soon as it is chosen. */
const CHOSEN = new Set(["choice", "bool", "reference"]);

export default function Cell({ kind, row, column, onDone }: Props) {
  const before = useRef(rawOf(row, column.field)).current;
  const [value, setValue] = useState<unknown>(before);
  const latest = useRef(value);
  const box = useRef<HTMLSpanElement>(null);
  const over = useRef(false);
  const field = fieldFor(kind, column.field, row);
  useEffect(() => {
    const input = box.current?.querySelector<HTMLElement>("input, select, textarea");
    input?.focus();
    if (input instanceof HTMLInputElement && input.type === "text") input.select();
  }, []);
  const leave = () => {
    over.current = true;
    onDone();
  };
  const keep = async (next: unknown) => {
    if (over.current) return;
    over.current = true;
    if (same(before, next)) return onDone();
    onDone();
    await saveCell(kind, row, column, next).catch((problem: unknown) => {
      // Said in a line; the cell stands as it was.
      if (problem instanceof Problem && problem.status === 422) toast(problem.errors[0]?.message ?? problem.message, { tone: "danger" });
    });
  };
  const change = (next: unknown) => {
    latest.current = next;
    setValue(next);
    if (CHOSEN.has(field.type) && (next !== null || field.type !== "reference")) void keep(next);
  };
  return (
    <span
      class="cell-edit"
      ref={box}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") leave();
        if (event.key === "Enter" && !event.defaultPrevented) {
          event.preventDefault();
          void keep(value);
        }
      }}
      onFocusOut={(event) => {
        if (!box.current?.contains(event.relatedTarget as Node | null)) setTimeout(() => void keep(latest.current), 160);
      }}
    >
      <FieldInput field={field} value={value} row={plain(row, column)} small onChange={change} />
    </span>
  );
}
