/** What happens to a row that names something that is here already. */
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import type { Rule } from "./api";
import { labelOf } from "./targets";
import type { Work } from "./use-import";

export function Duplicates({ work, kind }: { work: Work; kind: Kind }) {
  const { found, checked } = work;
  const takes = (field: string) => found.columns.some((column) => column.field === field);
  const told = takes("external_id") || (kind.natural_key.length > 0 && kind.natural_key.every(takes));
  const lacks = kind.natural_key.find((field) => !takes(field));
  const rules: Rule[] = kind.rights.update === "all" ? ["update", "skip", "create"] : ["skip", "create"];
  return (
    <section class="card duplicates" aria-labelledby="duplicates">
      <div class="card-head"><h2 id="duplicates">{words.imports.duplicates(kind.one)}</h2></div>
      {told ? (
        <div role="radiogroup" aria-labelledby="duplicates">
          {rules.map((rule) => (
            <label key={rule} class="tickline radio">
              <input type="radio" name="rule" checked={found.settings.on_duplicate === rule} onChange={() => void work.edit({ on_duplicate: rule })} />
              {words.imports.rule[rule]}
            </label>
          ))}
          {checked && <p class="muted t12 pad-card top0">{words.imports.found(checked.report.duplicates)}</p>}
        </div>
      ) : (
        <p class="muted t13 pad-card top0">{lacks ? words.imports.noKeyColumn(labelOf(kind, lacks)) : words.imports.noKey(kind.many)}</p>
      )}
    </section>
  );
}
