/** One line for each workspace: sorted by any column, narrowed to those that want a look. On a phone two lines each. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Icon } from "../../ui/icon";
import { usePhone } from "../../ui/phone";
import { portalWords as words } from "../../words/portal";
import { RowAge } from "./standing";
import type { Board, Line } from "./shape";

export interface Column<F> {
  name: string;
  label: string;
  width?: number;
  num?: boolean;
  /** What it is sorted by; text or a number, nothing at the end. */
  by: (row: Line<F>) => string | number | null;
  cell: (row: Line<F>, figures: F) => ComponentChildren;
}

export interface Sift<F> {
  label: string;
  fits: (figures: F) => boolean;
}

interface Props<F> {
  board: Board<F>;
  columns: Column<F>[];
  /** Beside all and those with warnings. */
  sift: Sift<F>;
  /** What stands at the right of a phone's two lines: the figure, and what it is of. */
  end: (figures: F, row: Line<F>) => [ComponentChildren, ComponentChildren];
  /** How the bars are read. */
  hint?: string;
}

interface Sort {
  name: string;
  down: boolean;
}

export function sorted<F>(rows: Line<F>[], columns: Column<F>[], sort: Sort | null): Line<F>[] {
  const column = columns.find((one) => one.name === sort?.name);
  if (!column || !sort) return rows;
  const way = sort.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.by(a), column.by(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return way * (typeof x === "string" && typeof y === "string" ? x.localeCompare(y) : Number(x) - Number(y));
  });
}

export function WorkspaceTable<F>({ board, columns, sift, end, hint }: Props<F>) {
  const [shown, setShown] = useState<"all" | "warnings" | "sift">("all");
  const [sort, setSort] = useState<Sort | null>(null);
  const phone = usePhone();
  const noted = (row: Line<F>) => row.warnings.length > 0 || row.error !== null;
  const all: Column<F>[] = [
    { name: "name", label: words.workspace, width: 208, by: (row) => row.name, cell: () => null },
    ...columns,
    { name: "age", label: words.freshness, width: 150, by: (row) => (row.fetched_at ? Date.parse(row.fetched_at) : null), cell: () => null },
    // A column in which nothing stands has no place.
    ...(board.rows.some(noted) ? [{ name: "warnings", label: words.warning, width: 160, by: (row: Line<F>) => row.warnings.length + (row.error ? 10 : 0), cell: () => null }] : []),
  ];
  const sifted = (row: Line<F>) => row.figures !== null && sift.fits(row.figures);
  const rows = sorted(board.rows.filter((row) => (shown === "all" ? true : shown === "warnings" ? noted(row) : sifted(row))), all, sort);
  const choices = [
    { name: "all", label: words.all, count: board.rows.length },
    { name: "warnings", label: words.noted, count: board.rows.filter(noted).length },
    { name: "sift", label: sift.label, count: board.rows.filter(sifted).length },
  ] as const;
  const turn = (name: string) => setSort(sort?.name !== name ? { name, down: name !== "name" } : sort.down === (name !== "name") ? { name, down: !sort.down } : null);
  return (
    <section class="card pt-card">
      <div class="card-head ruled">
        <h2 class={phone ? "hidden-visually" : undefined}>{words.workspaces}</h2>
        <div class="segment" role="group" aria-label={words.show}>
          {choices.map(({ name, label, count }) => (
            <button key={name} type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
              {label} {count}
            </button>
          ))}
        </div>
        {hint && <span class="end t12 muted nowrap desk">{hint}</span>}
      </div>
      {rows.length === 0 && <p class="card-body t13 muted pt-none">{words.noneFit}</p>}
      {phone ? (
        <ul class="pt-lines">
          {rows.map((row) => <Card key={row.workspace_id} row={row} board={board} end={end} />)}
        </ul>
      ) : (
        <div class="pt-scroll" tabIndex={0} role="region" aria-label={words.workspaces}>
          <table class="grid pt-grid">
            <colgroup>{all.map((column) => <col key={column.name} style={column.width ? { width: `${column.width}px` } : undefined} />)}</colgroup>
            <thead>
              <tr>
                {all.map((column) => {
                  const way = sort?.name === column.name ? (sort.down ? "descending" : "ascending") : undefined;
                  return (
                    <th key={column.name} scope="col" class={column.num ? "num" : column.name === "age" ? "pt-when" : undefined} aria-sort={way}>
                      <button type="button" class="sort" onClick={() => turn(column.name)}>
                        {column.label}
                        {way && <Icon name={way === "ascending" ? "arrowup" : "arrowdown"} />}
                      </button>
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.workspace_id}>
                  <th scope="row" class="main-cell"><Link class="plain" title={row.name} href={`/workspaces/${row.workspace_id}`}>{row.name}</Link></th>
                  {columns.map((column) => (
                    <td key={column.name} class={column.num ? "num" : undefined}>
                      {row.figures ? column.cell(row, row.figures) : <span class="pt-wait" aria-hidden="true" />}
                    </td>
                  ))}
                  <td class="pt-when"><RowAge row={row} board={board} /></td>
                  {all.at(-1)?.name === "warnings" && <td><Said row={row} /></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The first remark in brief; the whole of it and the rest on hover and in the list of all. */
function Said({ row }: { row: Line }) {
  const said = row.error ?? row.warnings[0];
  if (!said) return null;
  const more = row.warnings.length - (row.error ? 0 : 1);
  const all = [...(row.error ? [row.error] : []), ...row.warnings].map((one) => one.message).join("\n");
  return (
    <span class="pt-said" data-tone={row.error ? "danger" : "warning"} title={all}>
      <Icon name={row.error ? "octagon" : "alert"} />
      <span class="cut">{words.brief[said.code] ?? said.message}</span>
      {more > 0 && <span class="muted">{words.andMore(more)}</span>}
    </span>
  );
}

function Card<F>({ row, board, end }: { row: Line<F>; board: Board<F>; end: Props<F>["end"] }) {
  const [first, second] = row.figures ? end(row.figures, row) : [words.waiting, null];
  return (
    <li>
      <Link href={`/workspaces/${row.workspace_id}`} class="pt-line">
        <b class="cut">{row.name}</b>
        <span class="num">{first}</span>
        <RowAge row={row} board={board} />
        <span class="num muted">{second}</span>
        <Said row={row} />
      </Link>
    </li>
  );
}
