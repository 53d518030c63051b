/** What the import would do: columns, rows to look at and the first results at the left; decisions at the right. */
import { useRef, useState } from "preact/hooks";
import { number } from "../../kernel/format";
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import type { Report, Trouble } from "./api";
import { Alike } from "./alike";
import { Changes } from "./changes";
import { Choices } from "./choices";
import { Columns } from "./columns";
import { Duplicates } from "./duplicates";
import { Missing } from "./missing";
import { keyOf } from "./targets";
import { Troubles } from "./troubles";
import type { Work } from "./use-import";

export function Preview({ work, kind }: { work: Work; kind: Kind }) {
  const report = work.checked?.report;
  const seen = useRef(new Map<string, Trouble>());
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  // Once seen, a name that looks like another stays on screen until somebody has decided about it:
  // with missing names being added the server no longer speaks of it.
  for (const trouble of alikeIn(report)) if (!seen.current.has(keyOf(trouble))) seen.current.set(keyOf(trouble), trouble);
  const alike = [...seen.current.values()].filter((one) => work.found.columns.some((column) => column.field === one.field));
  const open = alike.filter((one) => !kept.has(keyOf(one)) && !isSettled(work, one));
  return (
    <>
      <div>
        <Columns work={work} kind={kind} />
        {report && <Troubles key={report.dry_run?.rejected} work={work} kind={kind} report={report} />}
        {report && <Changes kind={kind} report={report} />}
      </div>
      <div class="decide">
        {report && <SoFar report={report} total={work.found.total} />}
        <Alike work={work} kind={kind} open={open} onKeep={(one) => setKept(new Set([...kept, keyOf(one)]))} />
        <Choices work={work} kind={kind} />
        <Missing work={work} kind={kind} open={open} />
        <Duplicates work={work} kind={kind} />
        <p class="t12 muted imp-hint">{words.imports.backLater}</p>
      </div>
    </>
  );
}

const fold = (text: string): string => text.trim().toLowerCase();

/** An alias says already what is meant. */
export const isSettled = ({ found }: Work, trouble: Trouble): boolean =>
  found.settings.aliases.some((alias) => alias.field === trouble.field && fold(alias.from) === fold(trouble.value));

function alikeIn(report: Report | undefined): Trouble[] {
  const named = report?.rejections.filter((one) => one.code === "unknown_reference") ?? [];
  return [...named, ...(report?.spellings ?? [])].filter((one) => one.near?.length);
}

function SoFar({ report, total }: { report: Report; total: number }) {
  const counts = report.dry_run;
  if (!counts) return null;
  const ready = counts.created + counts.updated;
  return (
    <section class="card" aria-labelledby="sofar">
      <div class="card-head"><h2 id="sofar">{words.imports.soFar}</h2></div>
      <div class="three">
        <div><b>{number(ready)}</b><span>{words.imports.ready}</span></div>
        <div><b class={counts.rejected > 0 ? "tone-warning" : "muted"}>{number(counts.rejected)}</b><span>{words.imports.look}</span></div>
        <div><b class="muted">{number(counts.unchanged)}</b><span>{words.imports.unchanged}</span></div>
      </div>
      <p class="muted t12 pad-card top0">
        {[counts.updated > 0 && words.imports.adds(counts.created), counts.updated > 0 && words.imports.updates(counts.updated), words.imports.sum(total)]
          .filter(Boolean)
          .join(". ")}
      </p>
    </section>
  );
}
