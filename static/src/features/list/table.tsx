/** The rows of a list: only those in sight stand in the page, however long it is. */
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useLocation } from "wouter-preact";
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import { type Column, placesOf, widths } from "./columns";
import type { Cursor } from "./cursor";
import { Head } from "./head";
import { Row } from "./row";
import type { Selection } from "./selection";
import { reveal, useSight } from "../../ui/sight";
import type { Listing } from "./use-list";

const HEAD = 32;
const CHECK = { ticks: 48, none: 16 };
const EDGE = 8;
const REST_MS = 90;

interface Props {
  kind: Kind;
  list: Listing;
  columns: Column[];
  sort: string | null;
  rowHeight: number;
  /** On a phone rows have two lines and no heads. */
  phone: boolean;
  picking: boolean;
  /** Something can be done with several rows at once. */
  pickable: boolean;
  cursor: Cursor;
  selection: Selection & { last: { current: string | null } };
  peeked: string | null;
  onSort: (sort: string | null) => void;
  onOpen: (index: number) => void;
  onHover: (id: string) => void;
}

export function Table({ kind, list, columns, sort, rowHeight, phone, picking, pickable, cursor, selection, peeked, onSort, onOpen, onHover }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>();
  const [, go] = useLocation();
  const head = phone ? 0 : HEAD;
  const check = pickable ? CHECK.ticks : CHECK.none;
  const { first, end, width } = useSight(scroller, rowHeight, head, list.length, `${kind.name}?${list.query}`, list.length > 0);
  const places = useMemo(() => placesOf(kind, columns), [kind, columns]);
  const sizes = useMemo(() => widths(kind, columns, width - check - EDGE), [kind, columns, width, check]);
  const least = check + EDGE + sizes.reduce((sum, size) => sum + size, 0);
  useLayoutEffect(() => list.see(first, end), [first, end, list.query]);
  useEffect(() => {
    if (cursor.moved && scroller.current) reveal(scroller.current, cursor.at, rowHeight, head);
  }, [cursor.at, cursor.moved]);
  // While the cursor's row is out of sight, Tab reaches the rows together, which hand on to the first
  // one that is seen.
  const away = !phone && (cursor.at < first || cursor.at >= end);
  const handOn = (rows: HTMLElement) => {
    const index = Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight);
    if (rows.matches(":focus-visible")) rows.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus({ preventScroll: true });
  };
  const loaded = list.around(first).rows;
  const ticked = loaded.filter((row) => selection.has(row.id)).length;
  const hit = (event: Event) => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>("tr[data-index]")?.dataset.index ?? -1);
    return { target, index, row: list.at(index), cell: Number(target.closest<HTMLElement>("[data-cell]")?.dataset.cell ?? -1) };
  };
  const tick = (id: string, index: number, far: boolean) => {
    const { rows, from } = list.around(index);
    const start = rows.findIndex((row) => row.id === selection.last.current);
    const at = index - from;
    selection.toggle(id, far && start >= 0 ? rows.slice(Math.min(start, at), Math.max(start, at) + 1).map((row) => row.id) : null);
  };
  const click = (event: MouseEvent) => {
    const { target, index, row, cell } = hit(event);
    if (!row || target.closest(".cell-edit")) return;
    const link = target.closest("a");
    if (target.closest("[data-tick]") || (phone && picking)) {
      event.preventDefault();
      if (!phone) cursor.put(index, null);
      return tick(row.id, index, event.shiftKey);
    }
    // With Ctrl a link opens a tab of its own, as everywhere.
    if (link && !event.ctrlKey && !event.metaKey) onOpen(index);
    else if (phone) {
      onOpen(index);
      go(`/${kind.name}/${row.id}`);
    } else if (!link) cursor.put(index, cell >= 0 ? cell : null);
  };
  return (
    <div
      ref={scroller}
      class="list-scroll"
      style={{ "--row-h": `${rowHeight}px` }}
      aria-busy={list.waiting}
    >
      <table class={picking ? "grid list picking" : "grid list"} role="grid" aria-label={kind.many} aria-rowcount={list.total ?? -1} aria-multiselectable={pickable} style={phone ? undefined : { minWidth: `${least}px` }}>
        <colgroup>
          <col style={{ width: `${check}px` }} />
          {columns.map((column, i) => (
            <col key={column.path} style={{ width: `${(sizes[i] ?? 0) + (i === columns.length - 1 ? EDGE : 0)}px` }} />
          ))}
        </colgroup>
        <Head
          columns={columns}
          sort={sort}
          picked={!pickable ? "never" : ticked === 0 ? "none" : ticked === loaded.length ? "all" : "some"}
          onSort={onSort}
          onPickAll={() => (ticked > 0 ? selection.clear() : selection.setAll(loaded.map((row) => row.id)))}
        />
        <tbody
          tabIndex={away ? 0 : undefined}
          onClick={click}
          // A click on a tick leaves the keyboard with the row, so that Space still looks at it.
          onMouseDown={(event) => (event.target as Element).closest("[data-tick]") && event.preventDefault()}
          onFocusIn={(event) => {
            const { target, index } = hit(event);
            if (target === event.currentTarget) handOn(event.currentTarget);
            if (target.matches("tr") && !phone && (index !== cursor.at || !cursor.shown)) cursor.put(index, null);
          }}
          onDblClick={(event) => {
            const { index, cell, row } = hit(event);
            if (row && cell >= 0 && !phone) cursor.edit(index, cell);
          }}
          // Not when rows pass by below a pointer that stands still.
          onPointerMove={(event) => {
            const { row } = hit(event);
            clearTimeout(resting.current);
            if (row && event.pointerType !== "touch") resting.current = setTimeout(() => onHover(row.id), REST_MS);
          }}
          onPointerLeave={() => clearTimeout(resting.current)}
        >
          <Space height={first * rowHeight} span={columns.length + 1} />
          {Array.from({ length: end - first }, (_, i) => {
            const index = first + i;
            const row = list.at(index);
            const current = cursor.at === index && cursor.shown;
            return (
              <Row
                key={row?.id ?? index}
                kind={kind}
                row={row}
                index={index}
                columns={columns}
                places={places}
                pickable={pickable}
                picked={row !== undefined && selection.has(row.id)}
                current={current}
                cell={current ? cursor.cell : null}
                entry={index === cursor.at}
                phone={phone}
                open={row !== undefined && row.id === peeked}
                editing={current ? cursor.editing : null}
                onDone={cursor.leaveCell}
              />
            );
          })}
          <Space height={(list.length - end) * rowHeight} span={columns.length + 1} />
        </tbody>
      </table>
      {!list.ended && list.length > 0 && <p class="list-more t12 muted">{words.list.loadingMore}</p>}
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" class="space">
      <td colSpan={span} style={{ height: `${height}px` }} />
    </tr>
  );
}
