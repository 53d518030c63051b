/** The table of a report: a page of it, and more when asked for. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/state";
import { reportWords as words } from "../../words/reports";
import type { Heading, Report } from "./api";
import { cellText, isNumber, recordOf } from "./say";

const PAGE = 200;

export function ReportTable({ report }: { report: Report }) {
  const { columns, rows } = report.table;
  const [shown, setShown] = useState(PAGE);
  if (rows.length === 0) {
    return (
      <Empty icon="chart" title={words.nothing}>
        {words.nothingHow}
      </Empty>
    );
  }
  const currency = columns.findIndex((column) => column.name === "currency");
  return (
    <section class="card report-table" aria-label={words.table}>
      <div class="card-head">
        <h2>{words.table}</h2>
        <span class="end muted t12">{words.rows(rows.length)}</span>
      </div>
      <div class="report-scroll" tabIndex={0} role="region" aria-label={`${report.title}: ${words.table}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" class={isNumber(column) ? "num" : undefined}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, i) => (
              <tr key={i}>
                {columns.map((column, at) => (
                  <Cell key={column.name} cell={row[at]} column={column} currency={String(row[currency] ?? "")} first={at === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown < rows.length && (
        <div class="report-more">
          <Button onClick={() => setShown(shown + PAGE)}>{words.more(Math.min(PAGE, rows.length - shown))}</Button>
        </div>
      )}
    </section>
  );
}

function Cell({ cell, column, currency, first }: { cell: unknown; column: Heading; currency: string; first: boolean }) {
  const text = cellText(cell, column, currency);
  const record = recordOf(cell);
  const shown = record && column.kind ? <Link href={`/${column.kind}/${record.id}`}>{text || "–"}</Link> : text;
  if (first) return <th scope="row">{shown}</th>;
  return <td class={isNumber(column) ? "num" : column.name === "why" ? "report-why" : undefined}>{shown}</td>;
}
