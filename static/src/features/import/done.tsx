/** How it ended: numbers that add up, the rows that stayed out as a file, and the way back. */
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { importWords } from "../../words/imports";
import { rowsPath } from "./api";
import { counted, listed, nounOf, Progress, Stage } from "./progress";
import { Undo, Undone } from "./undo";
import type { Work } from "./use-import";

export function Done({ work, kind }: { work: Work; kind: Kind }) {
  const { found, problem, go } = work;
  const { state, report } = found;
  if (state === "reverting") {
    return (
      <div class="imp narrow">
        <Progress found={found} label={importWords.undoing}><Stage state="on">{importWords.undoing}</Stage></Progress>
      </div>
    );
  }
  if (state === "reverted" && report.reverted) return <Undone kind={kind} reverted={report.reverted} />;
  const taken = found.created + found.updated;
  const failed = state === "failed";
  const cancelled = state === "cancelled";
  return (
    <div class="imp narrow">
      <section class="card result" data-failed={failed || undefined} data-stopped={cancelled || undefined}>
        <span class="nothing-mark"><Icon name={failed ? "alert" : cancelled ? "ban" : "tick"} /></span>
        <div>
          <h2>{failed ? importWords.failed : cancelled ? importWords.cancelled : importWords.done(taken, taken === 1 ? kind.one : kind.many)}</h2>
          <p class="muted">
            {failed
              ? `${found.error ?? ""} ${importWords.failedHow(found.done, found.total)}`
              : cancelled
              ? importWords.cancelledHow(found.done, found.total)
              : found.rejected > 0
                ? importWords.doneMost(found.rejected, found.file_name)
                : importWords.doneAll(found.file_name)}
          </p>
        </div>
      </section>
      {problem && <p class="note-danger" role="alert">{problem.message}</p>}
      <section class="card" aria-label={importWords.numbers.created}>
        <div class="three four">
          {(["created", "updated", "unchanged", "rejected"] as const).map((name) => (
            <div key={name}>
              <b class={found[name] === 0 ? "muted" : name === "rejected" ? "tone-warning" : undefined}>{number(found[name])}</b>
              <span>{importWords.numbers[name]}</span>
            </div>
          ))}
        </div>
        {found.done === found.total && <p class="muted t13 pad-card top0">{importWords.sum(found.done)}</p>}
      </section>
      <Also work={work} />
      <div class="flex wrap">
        {failed || cancelled ? (
          <Button look="primary" onClick={() => void go("start")}>{importWords.goOn}</Button>
        ) : (
          <Link class="btn primary" href={`/${kind.name}`}>{importWords.show(kind.many)}</Link>
        )}
        <Link class="btn" href="/import">{importWords.another}</Link>
        <Undo work={work} kind={kind} />
      </div>
    </div>
  );
}

/** What came about beside the rows: records made on the way, new fields, and the files to fetch. */
function Also({ work: { found } }: { work: Work }) {
  const made = Object.entries(found.report.made).filter(([of]) => of !== found.kind);
  const { fields_made: fields } = found.report;
  if (made.length + fields.length + found.rejected + found.warnings === 0) return null;
  return (
    <section class="card">
      <ul class="rows also">
        {made.length > 0 && <li><Icon name="plus" />{importWords.madeToo(listed(made.map(([of, n]) => counted(n, nounOf(of, n)))))}</li>}
        {fields.length > 0 && <li><Icon name="columns" />{importWords.fieldsMade(listed(fields.map((field) => field.column)))}</li>}
        {found.rejected > 0 && (
          <li><Icon name="download" /><a class="link" href={rowsPath(found.id, "rejected")} download>{importWords.rejectedFile(found.rejected)}</a></li>
        )}
        {found.warnings > 0 && (
          <li><Icon name="download" /><a class="link" href={rowsPath(found.id, "warnings")} download>{importWords.warningsFile(found.warnings)}</a></li>
        )}
      </ul>
    </section>
  );
}
