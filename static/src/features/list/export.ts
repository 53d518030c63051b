/** Lists as files. */
import { pathOf } from "../../kernel/pages";
import type { Kind } from "../../kernel/schema";
import { type Place } from "./address";
import { parametersOf } from "./filters";
import { orderOf } from "./use-list";

export type Format = "csv" | "xlsx" | "jsonl";
export const FORMATS: Format[] = ["csv", "xlsx", "jsonl"];

/** Selected rows are named in the address, which has to stay short enough for what stands between. */
export const MOST_SELECTED = 200;
const AT_ONCE = 100;

/** All rows of the list as it is filtered now. */
export function exportAll(kind: Kind, place: Place, format: Format): void {
  const query = new URLSearchParams(parametersOf(place.filter));
  const order = orderOf(kind, place);
  if (place.q) query.set("q", place.q);
  if (order) query.set("sort", order);
  fetchFile(kind, query, format);
}

/** The selected rows. */
export function exportSome(kind: Kind, ids: string[], format: Format): void {
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) => ({ id: { in: ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE) } }));
  fetchFile(kind, new URLSearchParams({ filter: JSON.stringify({ or: parts }) }), format);
}

/** The browser saves it, as with any link to a file. */
function fetchFile(kind: Kind, query: URLSearchParams, format: Format): void {
  query.set("format", format);
  const link = document.createElement("a");
  link.href = pathOf(`${kind.name}/export?${query}`);
  link.download = "";
  link.click();
}
