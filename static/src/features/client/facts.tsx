/** What is known of a record: labels and values, as the schema names them. */
import type { Row } from "../../kernel/api";
import { fieldsOf, kindOf } from "../../kernel/schema";
import { Value, valueOf } from "../../ui/value";

/** Empty ones are left out: a customer has no use for a dash. */
export function Facts({ kind, row, names }: { kind: string; row: Row; names: string[] }) {
  const known = kindOf(kind);
  if (!known) return null;
  const all = fieldsOf(known);
  const own = all.filter((field) => field.own);
  const fields = [...names.flatMap((name) => all.filter((field) => field.name === name)), ...own];
  return (
    <dl class="facts cl-facts">
      {fields
        .filter((field) => valueOf(row, field) != null && valueOf(row, field) !== "")
        .map((field) => (
          <div class="fact" key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              <Value field={field} row={row} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
