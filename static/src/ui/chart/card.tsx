/** A chart in its card, and one press away the same as a table. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { words } from "../../words";
import type { Point } from "./points";
import "./style.css";

interface Props {
  title: string;
  points: Point[];
  /** Headings of the table: what is named, what is counted. */
  columns: [string, string];
  note?: ComponentChildren;
  empty: string;
  children: ComponentChildren;
}

export function ChartCard({ title, points, columns, note, empty, children }: Props) {
  const [table, setTable] = useState(false);
  const nothing = points.every((point) => point.value === 0);
  return (
    <section class="card chart-card">
      <div class="card-head">
        <h3>{title}</h3>
        {!nothing && (
          <div class="end">
            <button type="button" class="more t12" aria-pressed={table} aria-label={`${words.chart.table}: ${title}`} onClick={() => setTable(!table)}>
              {table ? words.chart.chart : words.chart.table}
            </button>
          </div>
        )}
      </div>
      <div class="card-body">
        {nothing ? <p class="muted t13 chart-empty">{empty}</p> : table ? <Table points={points} columns={columns} title={title} /> : children}
        {note && !nothing && <div class="muted t12 chart-note">{note}</div>}
      </div>
    </section>
  );
}

function Table({ points, columns, title }: Pick<Props, "points" | "columns" | "title">) {
  return (
    <div class="chart-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns[0]}</th>
            <th scope="col" class="num">
              {columns[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.key}>
              <th scope="row">{point.whole ?? point.label}</th>
              <td class="num">
                {point.href ? (
                  <Link class="plain" href={point.href}>
                    {point.text}
                  </Link>
                ) : (
                  point.text
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
