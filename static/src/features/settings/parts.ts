/** What the settings show: one load for all sections, so that going from one to the next asks nothing. */
import type { Page, Row } from "../../kernel/api";
import { type Part, openPage } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import type { Kind } from "../../kernel/schema";

const ALL = "sort=name&limit=200";

/** Named as the page `settings` names them. */
const NAMES: Record<string, string> = {
  users: "tenant_users",
  roles: "roles",
  "custom-fields": "custom_fields",
  "status-options": "status_options",
  categories: "categories",
  services: "services",
  suppliers: "suppliers",
};

export function rowsOf(kind: string): Part<Page> {
  const path = kind === "status-options" ? "status_options" : `${kind}?${ALL}`;
  return { key: keys.list(kind, "settings"), name: NAMES[kind], path };
}

export function openSettings(kinds: Kind[]): void {
  const parts = Object.keys(NAMES).filter((name) => kinds.some((kind) => kind.name === name));
  openPage("settings", {}, parts.map(rowsOf));
}

export const label = (row: Row): string => String(row.label || row.name || "");
