/** What the app itself knows of kinds: their picture, their columns at first, the tone of a state. */
import type { IconName } from "../ui/icon";
import type { Kind } from "./schema";

/** In the order of the rail. */
export const RAIL = [
  "companies",
  "sites",
  "contacts",
  "deals",
  "equipment",
  "work-orders",
  "tasks",
  "contractors",
  "stock-items",
  "certificates",
] as const;

/** Reference data and administration: reached from the settings. */
export const SETTINGS_KINDS = ["services", "products", "categories", "suppliers", "status-options"] as const;

const ICONS: Record<string, IconName> = {
  companies: "building",
  sites: "pin",
  contacts: "people",
  deals: "trend",
  equipment: "lift",
  "work-orders": "clipboard",
  tasks: "task",
  certificates: "award",
  contractors: "hat",
  "stock-items": "box",
  services: "wrench",
  products: "box",
  categories: "list",
  suppliers: "building",
  users: "person",
  roles: "shield",
  notes: "comment",
  attachments: "camera",
  "time-logs": "clock",
  "part-logs": "box",
  "custom-fields": "columns",
  "status-options": "board",
  workspaces: "portal",
};

export const iconOf = (kind: string): IconName => ICONS[kind] ?? "sheet";

/** The columns that a list shows until somebody chooses others. */
const COLUMNS: Record<string, string[]> = {
  companies: ["name", "sector", "phone", "owner_id", "active", "created_at"],
  sites: ["name", "company_id", "address", "health_score", "active"],
  contacts: ["name", "job_title", "company_id", "phone", "email"],
  deals: ["name", "company_id", "stage", "value", "owner_id", "expected_on"],
  equipment: ["name", "serial", "site_id", "status", "inspection_due"],
  "work-orders": ["number", "title", "site_id", "status", "priority", "assigned_to", "due_at"],
  tasks: ["title", "status", "assignee_id", "due_at"],
  certificates: ["number", "equipment_id", "result", "issued_on", "valid_until"],
  contractors: ["name", "trade", "phone", "email", "active"],
  "stock-items": ["name", "number", "quantity", "unit", "reorder_at", "location", "price"],
  workspaces: ["name", "monthly_target", "sending_target", "price_per_lead", "cost_per_month", "active"],
  users: ["name", "email", "role", "manager", "region", "active"],
};

export function columnsOf(kind: Kind): string[] {
  const known = COLUMNS[kind.name];
  const wanted = known ?? kind.fields.filter((f) => f.type !== "long_text" && f.type !== "json").map((f) => f.name);
  return wanted.filter((name) => name === "created_at" || kind.fields.some((f) => f.name === name)).slice(0, 7);
}

/** Newest first, unless a kind is looked up by name. */
export function sortOf(kind: Kind): string {
  if (["work-orders", "deals", "certificates"].includes(kind.name)) return "-created_at";
  return kind.fields.some((f) => f.name === "name" && f.sortable) ? "name" : "-created_at";
}

export type Tone = "rest" | "info" | "success" | "warning" | "danger" | "none";

const STATES: Record<string, [Tone, IconName]> = {
  // equipment
  active: ["rest", "tick"],
  in_work: ["info", "half"],
  out_of_service: ["danger", "ban"],
  decommissioned: ["none", "minus"],
  // work orders and tasks
  new: ["none", "dashed"],
  assigned: ["none", "person"],
  in_progress: ["info", "half"],
  on_hold: ["warning", "pause"],
  completed: ["rest", "tick"],
  done: ["rest", "tick"],
  invoiced: ["rest", "tick"],
  cancelled: ["none", "x"],
  pending: ["none", "dashed"],
  // deals
  open: ["none", "dashed"],
  won: ["success", "tick"],
  lost: ["none", "x"],
  // priorities
  low: ["none", "bars1"],
  normal: ["none", "bars2"],
  high: ["warning", "bars3"],
  emergency: ["danger", "octagon"],
  // certificates
  passed: ["rest", "tick"],
  pass: ["rest", "tick"],
  failed: ["danger", "ban"],
  fail: ["danger", "ban"],
  conditional: ["warning", "alert"],
};

/** How a state looks: never by colour alone. */
export function stateOf(value: string): [Tone, IconName] {
  return STATES[value] ?? ["none", "dashed"];
}

/** States in which nothing is late any more. */
export const SETTLED = new Set(["completed", "invoiced", "cancelled", "done", "decommissioned", "won", "lost"]);
