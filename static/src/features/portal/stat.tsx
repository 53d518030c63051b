/** The figures on top of a dashboard. */
import type { ComponentChildren } from "preact";
import { Icon } from "../../ui/icon";
import { useTick } from "../../ui/tick";
import { portalWords as words } from "../../words/portal";
import { LOOKS, type Word, wordOf } from "./age";
import type { Board, Line } from "./shape";

interface Props {
  label: string;
  value: ComponentChildren;
  small?: ComponentChildren;
  tone?: "tone-danger";
  /** How much of a whole, and where one should be by now; both from 0 to 1. */
  part?: number | null;
  mark?: number;
  note: ComponentChildren;
  children?: ComponentChildren;
}

export function Stat({ label, value, small, tone, part, mark, note, children }: Props) {
  return (
    <div class="stat">
      <p class="label">{label}</p>
      <p class={tone ? `value ${tone}` : "value"}>
        {value} {small && <small>{small}</small>}
      </p>
      {part !== undefined && part !== null && <Meter part={part} mark={mark} />}
      {children}
      <p class="note">{note}</p>
    </div>
  );
}

export function Meter({ part, mark }: { part: number; mark?: number }) {
  return (
    <div class="meter pt-meter" aria-hidden="true">
      <i style={{ width: `${Math.min(100, part * 100)}%` }} />
      {mark !== undefined && <b style={{ left: `${Math.min(100, mark * 100)}%` }} />}
    </div>
  );
}

const ORDER: Word[] = ["fresh", "stale", "very_stale", "error", "none"];
const CELL_MS = 5_000;

/** A cell for each workspace: how fresh its figures are. What is not whole yet is still to come, however fresh the rest. */
export function FreshStat<F>({ board, isWhole = () => true }: { board: Board<F>; isWhole?: (row: Line<F>) => boolean }) {
  useTick(CELL_MS);
  const cells = board.rows.map((row) => ({ row, word: wordOf(isWhole(row) ? row.fetched_at : null, board.ttl_seconds, row.error !== null) }));
  const counts = ORDER.map((word) => ({ word, rows: cells.filter((cell) => cell.word === word) })).filter(({ rows }) => rows.length > 0);
  const note = counts.map(({ word, rows }) => word === "error" ? words.failed(rows.length) : words.counted(rows.length, words.words[word].toLowerCase())).join(", ");
  return (
    <div class="stat">
      <p class="label">{words.freshOf(board.workspaces)}</p>
      <div class="pt-cells" aria-hidden="true">
        {cells.map(({ row, word }) => (
          <i key={row.workspace_id} data-tone={LOOKS[word][0]} title={`${row.name}: ${words.words[word]}`}>
            <Icon name={word === "fresh" ? "check" : LOOKS[word][1]} />
          </i>
        ))}
      </div>
      <p class="note">{note}</p>
    </div>
  );
}
