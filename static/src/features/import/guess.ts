/** What the rows of a file are, judged by its header and its name. Only a proposal: the person says so. */
import { fieldsOf, type Kind } from "../../kernel/schema";

/** What people call the things that these kinds hold. The first column of a file is often one of them. */
const CALLED: Record<string, string[]> = {
  companies: ["account", "customer", "client", "organisation", "organization", "firm", "business"],
  contacts: ["person", "people", "first_name", "surname"],
  deals: ["opportunity", "pipeline", "deal_stage", "close_date", "close_value", "engage_date"],
  users: ["sales_agent", "sales_team", "team", "employee", "staff", "agent", "regional_office"],
  products: ["sku", "item", "sales_price"],
  equipment: ["elevator", "lift", "asset", "device", "machine", "unit"],
  sites: ["location", "building", "premises"],
  "work-orders": ["job", "ticket", "callout"],
  "stock-items": ["stock", "part", "inventory"],
  suppliers: ["vendor"],
};

const squeezed = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
const singular = (text: string): string => text.replace(/ies$/, "y").replace(/s$/, "");

/** How many points a header or a file name gives a kind. */
function points(kind: Kind, headers: string[], name: string): number {
  const called = [kind.one, kind.many, kind.name, ...(CALLED[kind.name] ?? [])].map((word) => singular(squeezed(word)));
  const fields = new Set<string>();
  for (const field of fieldsOf(kind)) {
    for (const word of [field.name, field.label, field.expands_as ?? ""]) fields.add(singular(squeezed(word)));
  }
  let sum = called.some((word) => word.length > 3 && squeezed(name).includes(word)) ? 2 : 0;
  headers.forEach((header, at) => {
    const word = singular(squeezed(header));
    if (called.includes(word)) sum += at === 0 ? 3 : 2;
    else if (fields.has(word)) sum += 1;
  });
  return sum;
}

/** Kinds in the order in which they fit, best first; those that fit not at all are left out. */
export function guesses(kinds: Kind[], headers: string[], fileName: string): Kind[] {
  const name = fileName.replace(/\.[^.]*$/, "");
  return kinds
    .map((kind) => ({ kind, sum: points(kind, headers, name) }))
    .filter(({ sum }) => sum >= 2)
    .sort((a, b) => b.sum - a.sum)
    .map(({ kind }) => kind);
}

/** The names in the first line of a CSV. A spreadsheet is only read by the server. */
export function headersOf(text: string): string[] {
  const line = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
  const separator = [";", "\t", ","].find((mark) => line.includes(mark)) ?? ",";
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

export async function readHeaders(file: File): Promise<string[]> {
  if (/\.xlsx$/i.test(file.name)) return [];
  return headersOf(await file.slice(0, 64 * 1024).text());
}
