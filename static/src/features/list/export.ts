/** Lists as files. */
import { call } from "../../kernel/api";
import { pathOf } from "../../kernel/pages";
import type { Kind } from "../../kernel/schema";
import type { components } from "../../kernel/wire";
import { type Place } from "./address";
import { parametersOf } from "./filters";
import { orderOf } from "./use-list";

export type Format = "csv" | "xlsx" | "jsonl";
export const FORMATS: Format[] = ["csv", "xlsx", "jsonl"];

/** Selected rows are named in the address, which has to stay short enough for what stands between. */
export const MOST_SELECTED = 200;
const AT_ONCE = 100;

/** Nobody waits for a file of more rows: it is made in the background. */
export const MOST_AT_ONCE = 20_000;

/** All rows of the list as it is filtered now. */
export function exportAll(kind: Kind, place: Place, format: Format): void {
  fetchFile(kind, queryOf(kind, place), format);
}

/** The same in the background; the id under which it is found again. */
export async function prepareAll(kind: Kind, place: Place, format: Format): Promise<string> {
  const query = queryOf(kind, place);
  query.set("format", format);
  return (await call<components["schemas"]["ExportRun"]>("POST", `${kind.name}/export?${query}`)).data.id;
}

function queryOf(kind: Kind, place: Place): URLSearchParams {
  const query = new URLSearchParams(parametersOf(place.filter));
  const order = orderOf(kind, place);
  if (place.q) query.set("q", place.q);
  if (order) query.set("sort", order);
  return query;
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
