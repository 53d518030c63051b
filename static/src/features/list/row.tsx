/** One row: a tick, the cells, and on a phone two lines of them. */
import { memo } from "preact/compat";
import { useEffect, useRef } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Row as RecordRow } from "../../kernel/api";
import type { Field, Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { titleOf, Value } from "../../ui/value";
import { words } from "../../words";

import { type Column, isNumber } from "./columns";
import { Cell } from "./rooms";

interface Props {
  kind: Kind;
  row: RecordRow | undefined;
  index: number;
  columns: Column[];
  /** What each column is on a phone; the main one leads to the record. */
  places: string[];
  pickable: boolean;
  picked: boolean;
  /** The cursor stands here: on the row, or on a cell of it. */
  current: boolean;
  cell: number | null;
  /** The one row that Tab reaches; the arrows go on from there. It may not change by scrolling alone (see below). */
  entry: boolean;
  /** On a phone each record is reached by itself. */
  phone: boolean;
  open: boolean;
  editing: number | null;
  onDone: () => void;
}

/**
 * A row that stays in sight is not drawn anew. No property may change while somebody merely scrolls:
 * Preact keeps what a memo drew before a change linked to all that was drawn since, so that one
 * changed row for each step would hold on to every row that ever passed.
 */
export const Row = memo(function Row({ kind, row, index, columns, places, pickable, picked, current, cell, entry, phone, open, editing, onDone }: Props) {
  const self = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // The keyboard's place moves along; whoever types elsewhere is left alone.
    const focused = document.activeElement;
    const free = !focused || focused === document.body || focused.closest(".list-pane") !== null;
    if (current && free && editing === null) self.current?.focus({ preventScroll: true });
  }, [current, editing === null]);
  if (!row) {
    return (
      <tr class="row bare" aria-hidden="true">
        <td colSpan={columns.length + 1}>
          <span />
        </td>
      </tr>
    );
  }
  const title = titleOf(row);
  const state = ["row", picked && "picked", open && "open", current && "is-current"].filter(Boolean).join(" ");
  return (
    <tr ref={self} class={state} data-index={index} aria-rowindex={index + 2} aria-selected={pickable ? picked : undefined} tabIndex={phone ? undefined : entry ? 0 : -1}>
      <td class="c-check">
        {pickable && (
          <button type="button" class="row-tick" role="checkbox" aria-checked={picked} aria-label={words.list.pick(title)} tabIndex={-1} data-tick>
            <span class="check">
              <Icon name="check" />
            </span>
          </button>
        )}
      </td>
      {columns.map((column, i) => {
        const main = places[i] === "p-main";
        const shape = [places[i], main && "main-cell", isNumber(column.field) && "num", cell === i && current && "at-cell", dim(kind, column, main) && "dim"];
        return (
          <td key={column.path} class={shape.filter(Boolean).join(" ")} data-cell={i} data-label={places[i] === "p-when" && isCount(column.field) && !places.includes("p-chip") ? column.field.label : undefined}>
            {editing === i ? (
              <Cell kind={kind} row={row} column={column} onDone={onDone} />
            ) : main ? (
              <Link href={`/${kind.name}/${row.id}`} class="to-record" tabIndex={phone ? undefined : -1} draggable={false}>
                <Value field={column.field} row={row} short />
              </Link>
            ) : (
              <Value field={column.field} row={row} short />
            )}
          </td>
        );
      })}
    </tr>
  );
});

/** Without its column's head, on a phone, a bare number says nothing. */
const isCount = ({ type }: Field): boolean => type === "int" || type === "real";

/** Numbers and codes that one reads only when looking for them. */
function dim(kind: Kind, { field }: Column, main: boolean): boolean {
  return !main && field.name !== kind.title && ["serial", "number", "phone", "email"].includes(field.name);
}
