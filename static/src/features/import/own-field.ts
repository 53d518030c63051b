/** Keeps a column that no field takes as a field of the tenant's own. */
import type { Kind } from "../../kernel/schema";
import { create } from "../../kernel/writes";
import type { Column } from "./api";
import type { Work } from "./use-import";

export async function keepColumn(work: Work, kind: Kind, column: Column): Promise<void> {
  const { found, edit } = work;
  if (!column.field && !column.left_out) {
    // The import makes the field itself. The others stay out, which now has to be said of each.
    const others = found.columns.filter((other) => other !== column && !other.field && !other.left_out);
    const first = !found.settings.keep_unmapped;
    const mapping = first ? Object.fromEntries(others.map((other) => [other.name, null])) : {};
    return edit({ keep_unmapped: true, ...(Object.keys(mapping).length > 0 && { mapping }) });
  }
  // Once it was said that a column stays out, the import will not keep it: the field is made here.
  const name = plain(column.name, new Set([...kind.fields, ...kind.custom].map((field) => field.name)));
  await create("custom-fields", { kind: kind.name, name, label: column.name, type: column.holds });
  return edit({ mapping: { [column.name]: `custom.${name}` } });
}

/** The header in small letters, digits and underscores, with a number behind it where that is taken. */
export function plain(header: string, taken: ReadonlySet<string>): string {
  const bare = header.toLowerCase().normalize("NFKD").replaceAll(/[\u0300-\u036f]/g, "").replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "").slice(0, 50);
  const name = /^[a-z]/.test(bare) ? bare : `field_${bare}`.replace(/_$/, "");
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`)) n += 1;
  return `${name}_${n}`;
}
