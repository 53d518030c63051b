/** What happens to a row that names something that is here already. */
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import type { Rule } from "./api";
import type { Work } from "./use-import";

export function Duplicates({ work, kind }: { work: Work; kind: Kind }) {
  const { found, checked } = work;
  const told = kind.natural_key.length > 0 || found.columns.some((column) => column.field === "external_id");
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
        <p class="muted t13 pad-card top0">{words.imports.noKey(kind.many)}</p>
      )}
    </section>
  );
}
