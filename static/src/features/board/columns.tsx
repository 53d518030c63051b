/** The columns of a board, and what happens while a card is dragged over them. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import type { Page, Row } from "../../kernel/api";
import { humane } from "../../kernel/format";
import { fieldOf, type Kind, may } from "../../kernel/schema";
import { useDrag } from "../../ui/drag";
import { usePhone } from "../../ui/phone";
import { boardWords } from "../../words/board";
import { Column } from "./column";
import { type BoardFields, linesOf } from "./faces";
import { changedSearch, isSettled } from "./filters";
import { folded, foldsAtFirst, toggleFold } from "./folds";
import { focusCard, useBoardKeys, walk } from "./keyboard";
import { move } from "./move";
import type { Move } from "./overlay";
import type { Group, Sum } from "./parts";

export interface Dragged {
  row: Row;
  from: string;
  over: string | null;
}

export interface ColumnsProps {
  kind: Kind;
  fields: BoardFields;
  sort: string;
  list: string;
  columns: { value: string; list: Page }[];
  moves: Move[];
  totals: Map<string, Group>;
  worth: (row: Row) => Sum;
  percents: Record<string, number>;
  label: (value: string) => string;
  /** Of a column of finished work: since when it is shown, in words. */
  since: (value: string) => string;
}

export function Columns(props: ColumnsProps) {
  const { kind, fields, columns, totals, label } = props;
  const phone = usePhone();
  const search = useSearch();
  const [path, go] = useLocation();
  const dragged = useSignal<Dragged | null>(null);
  const follow = useRef<string | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const values = columns.map((column) => column.value);
  const state = fields.state.name;
  const moves = may(kind, "update") && fieldOf(kind, state)?.read_only !== true;
  const at = (row: Row) => props.moves.find((under) => under.row.id === row.id)?.to ?? String(row[state]);
  /** Where a card may go from where it stands. */
  const targets = (row: Row): string[] => {
    if (!moves) return [];
    const from = at(row);
    const next = kind.states?.moves?.[from];
    return values.filter((value) => value !== from && (!next || next.includes(value)));
  };
  const put = (row: Row, to: string) => move({ kind: kind.name, field: state, row, to, title: linesOf(row, fields).title, label });
  useBoardKeys(board, kind.name, humane(kind.many), may(kind, "update"));
  const takeUp = useDrag<Row>({
    onStart: (row) => (dragged.value = { row, from: at(row), over: null }),
    onMove: (_, spot) => {
      const over = spot.over?.dataset.drop ?? null;
      if (dragged.value && dragged.value.over !== over) dragged.value = { ...dragged.value, over };
    },
    onDrop: (row, spot) => {
      const to = spot.over?.dataset.drop;
      if (to && targets(row).includes(to)) put(row, to);
    },
    onEnd: () => (dragged.value = null),
  });
  useEffect(() => {
    if (follow.current && focusCard(board.current, follow.current)) follow.current = null;
  });
  const now = dragged.value;
  const chosen = new URLSearchParams(search).get("column");
  const first = values.find((value) => (totals.get(value)?.count ?? 0) > 0 && !isSettled(fields.state, value));
  const one = phone ? (values.find((value) => value === chosen) ?? first ?? values[0]) : undefined;
  const shown = one ? columns.filter((column) => column.value === one) : columns;
  const atFirst = foldsAtFirst(fields.state);
  return (
    <>
      {phone && (
        <div class="board-switch" role="group" aria-label={boardWords.columns}>
          {values.map((value) => (
            <button key={value} type="button" aria-pressed={value === one} onClick={() => go(`${path}?${changedSearch(search, { column: value })}`, { replace: true })}>
              {label(value)} <span>{totals.get(value)?.count ?? 0}</span>
            </button>
          ))}
        </div>
      )}
      <div
        class="board"
        ref={board}
        data-scrolls="x"
        onKeyDown={(event) =>
          walk(event, (id, step) => {
            const row = columns.flatMap((column) => column.list.data).concat(props.moves.map((under) => under.row)).findLast((r) => r.id === id);
            if (!row) return;
            const from = values.indexOf(at(row));
            const ahead = step > 0 ? values.slice(from + 1) : values.slice(0, from).reverse();
            const to = ahead.find((value) => targets(row).includes(value));
            if (!to) return;
            follow.current = id;
            put(row, to);
          })
        }
      >
        <p class="hidden-visually" id="board-keys">
          {boardWords.keys}
        </p>
        {shown.map(({ value, list }) => (
          <Column
            {...props}
            key={value}
            value={value}
            first={list}
            dragged={now}
            allowed={now ? targets(now.row).includes(value) : true}
            targets={targets}
            onMove={put}
            onPress={moves && !phone ? takeUp : undefined}
            folded={!phone && folded(kind.name, value, atFirst)}
            onFold={phone || !atFirst.includes(value) ? undefined : () => toggleFold(kind.name, value)}
          />
        ))}
      </div>
    </>
  );
}
