/** Names in the file that nothing here goes by: to be added on the way, or left out. */
import { Link } from "wouter-preact";
import { kindOf, type Kind } from "../../kernel/schema";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import type { Trouble } from "./api";
import { counted, listed, nounOf } from "./progress";
import { fieldNamed, importable, keyOf } from "./targets";
import type { Work } from "./use-import";

/** The server tells at most so many different values. */
const TOLD = 200;

export function Missing({ work, kind, open }: { work: Work; kind: Kind; open: Trouble[] }) {
  const waits = open.some((one) => one.code === "unknown_reference");
  const undecided = new Set(open.map(keyOf));
  const report = work.checked?.report;
  const on = work.found.settings.create_missing;
  const unknown = (report?.rejections ?? []).filter((one) => one.code === "unknown_reference" && !undecided.has(keyOf(one)));
  const counts = new Map<string, number>();
  for (const one of unknown) {
    const of = fieldNamed(kind, one.field)?.kind;
    if (of) counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  const made = Object.entries(report?.made ?? {}).filter(([of]) => of !== kind.name);
  if (counts.size === 0 && !on) return null;
  const most = (report?.rejections.length ?? 0) > TOLD;
  const sources = [...counts.keys()].filter((of) => {
    const other = kindOf(of);
    return other && importable(other);
  });
  return (
    <section class="card" aria-labelledby="missing">
      <div class="card-head"><h2 id="missing">{words.imports.missing}</h2></div>
      <div class="missing">
        {counts.size > 0 && (
          <p><b>{listed([...counts].map(([of, n]) => words.imports.missingOf(n, nounOf(of, n), most)))}</b></p>
        )}
        {on && made.length > 0 && <p><b>{words.imports.willAdd(listed(made.map(([of, n]) => counted(n, nounOf(of, n)))))}</b></p>}
        <label class="tickline">
          <input type="checkbox" checked={on} disabled={waits && !on} onChange={(event) => void work.edit({ create_missing: event.currentTarget.checked })} />
          {words.imports.addMissing}
        </label>
        <p class="muted">{waits && !on ? words.imports.addFirst : words.imports.missingHow}</p>
        {!on && sources.map((of) => (
          <Link key={of} class="link" href={`/import/${of}`}>{`${words.imports.title} ${capital(kindOf(of)?.many ?? of).toLowerCase()}`}</Link>
        ))}
      </div>
    </section>
  );
}
