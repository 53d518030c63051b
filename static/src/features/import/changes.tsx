/** The first rows as they would stand in Larder; where a record is changed, before and after. */
import { useState } from "preact/hooks";
import { number } from "../../kernel/format";
import type { Row } from "../../kernel/api";
import type { Field, Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Value } from "../../ui/value";
import { words } from "../../words";
import type { Report, Shown } from "./api";
import { fieldNamed } from "./targets";

const AT_FIRST = 5;

export function Changes({ kind, report }: { kind: Kind; report: Report }) {
  const [all, setAll] = useState(false);
  const shown = all ? report.changes : report.changes.slice(0, AT_FIRST);
  if (shown.length === 0) return null;
  return (
    <section class="card changes" aria-labelledby="changes">
      <div class="card-head ruled">
        <h2 id="changes">{words.imports.changes}</h2>
        <span class="t13 muted">{words.imports.changesHow}</span>
      </div>
      <ol>
        {shown.map((one) => (
          <li key={one.row}>
            <span class="dim">{number(one.row)}</span>
            <span class="chip" data-tone={one.action === "update" ? "info" : undefined}>{one.action === "update" ? words.imports.isChanged : words.imports.isNew}</span>
            <dl>
              {parts(kind, report, one).map(({ name, label, field, before, after }) => (
                <div key={name}>
                  <dt>{label}</dt>
                  <dd>
                    {one.action === "update" && before !== null && <><s><Shape field={field} value={before} row={one} /></s>{" → "}</>}
                    <Shape field={field} value={after} row={one} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
      {!all && report.changes.length > AT_FIRST && (
        <div class="columns-foot">
          <Button look="quiet" small onClick={() => setAll(true)}>{words.imports.moreShown(report.changes.length - AT_FIRST)}</Button>
        </div>
      )}
    </section>
  );
}

interface Part {
  name: string;
  label: string;
  field: Field | undefined;
  before: unknown;
  after: unknown;
}

/** What is worth showing: no identifiers, which say nothing to people, and no values that every new record has. */
function parts(kind: Kind, report: Report, one: Shown): Part[] {
  return Object.entries(one.changes).flatMap(([name, [before, after]]) => {
    const field = fieldNamed(kind, name);
    const own = report.fields_made.find((made) => `custom.${made.name}` === name);
    if (field?.type === "reference" || field?.type === "currency") return [];
    if (one.action === "create" && field && field.default === after && field.type === "bool") return [];
    return [{ name, label: field?.label ?? own?.column ?? name, field, before, after }];
  });
}

function Shape({ field, value, row }: { field: Field | undefined; value: unknown; row: Shown }) {
  if (!field || field.type === "real") return <>{value === null ? words.empty : String(value)}</>;
  const plain = { ...field, own: false };
  const currency = row.changes.currency?.[1];
  return <Value field={plain} row={{ id: "", version: 0, [field.name]: value, currency } as Row} short={field.type !== "date"} />;
}
