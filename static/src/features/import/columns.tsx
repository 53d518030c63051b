/** Which column becomes which field, with the first value as it would stand in Larder. */
import { useLocation } from "wouter-preact";
import { kindOf, type Kind, may, useSchema } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import type { Column } from "./api";
import { ColumnRow } from "./column-row";
import { KindPicker } from "./kind-picker";
import { keepColumn } from "./own-field";
import { countMapped, isKept, lacking, OWN, targetsOf } from "./targets";
import type { Work } from "./use-import";

export function Columns({ work, kind }: { work: Work; kind: Kind }) {
  const { found, problem, edit } = work;
  const [, go] = useLocation();
  useSchema();
  const targets = targetsOf(kind);
  const mayKeep = may(kindOf("custom-fields"), "create");
  const lacks = lacking(kind, found.columns)[0];
  const open = found.columns.filter((column) => !column.field && !column.left_out && column.filled > 0);
  const kept = found.columns.filter((column) => isKept(found, column)).length;

  const choose = (column: Column, target: string) => {
    if (target === OWN) return void keepColumn(work, kind, column);
    // What is left out while others are kept has to be said; otherwise leaving out is the rule.
    return void edit({ mapping: { [column.name]: target === "" ? null : target } });
  };

  return (
    <section class="card" aria-labelledby="columns">
      <div class="card-head ruled">
        <h2 id="columns">{words.imports.columns}</h2>
        <span class="t13 muted">{words.imports.matched(countMapped(found), found.columns.length)}</span>
        <div class="end">
          <KindPicker found={found} kind={kind} />
          <Button look="quiet" small icon="undo" onClick={() => go(`/import/${kind.name}`)}>{words.imports.startOver}</Button>
        </div>
      </div>
      {lacks && <p class="note-line" role="status"><Icon name="alert" />{words.imports.lacking(lacks.label, kind.one)}</p>}
      {problem && <p class="note-danger in-card" role="alert">{capital(problem.errors[0]?.message ?? problem.message)}</p>}
      {found.report.notices.map((notice) => <p key={notice} class="note-line"><Icon name="alert" />{notice}</p>)}
      <div class="columns-table" role="table" aria-labelledby="columns">
        <div class="columns-line columns-head" role="row">
          <span role="columnheader">{words.imports.inFile}</span>
          <span role="columnheader">{words.imports.first}</span>
          <span role="columnheader"><span class="hidden-visually">→</span></span>
          <span role="columnheader">{words.imports.inLarder}</span>
          <span role="columnheader">{words.imports.happens}</span>
        </div>
        {found.columns.map((column) => (
          <ColumnRow key={column.name} work={work} kind={kind} column={column} targets={targets} mayKeep={mayKeep} onChoose={(target) => choose(column, target)} />
        ))}
      </div>
      {mayKeep && open.length > 0 && (
        <div class="columns-foot">
          {kept > 0 ? (
            <Button small onClick={() => void edit({ keep_unmapped: false })}>{words.imports.keepNone}</Button>
          ) : (
            <Button small icon="plus" onClick={() => void edit({ keep_unmapped: true })}>{words.imports.keepOthers(open.length)}</Button>
          )}
        </div>
      )}
    </section>
  );
}
