/** In which order a form asks, and what it asks only once a record exists. */
import { type Field, fieldsOf, type Kind } from "../../kernel/schema";
import { words } from "../../words";

type Name = keyof typeof words.form.groups;

const GROUPS: Record<string, [Name, string[]][]> = {
  companies: [
    ["main", ["name", "sector", "owner_id"]],
    ["reach", ["phone", "email", "website", "address"]],
  ],
  sites: [
    ["main", ["name", "company_id", "address", "phone", "access_codes"]],
    ["rest", ["description", "health_score"]],
    ["place", ["lat", "lng"]],
  ],
  contacts: [
    ["main", ["first_name", "last_name", "job_title", "company_id"]],
    ["reach", ["phone", "mobile", "email"]],
  ],
  deals: [
    ["main", ["name", "company_id", "contact_id", "product_id"]],
    ["money", ["value", "currency", "stage", "probability"]],
    ["dates", ["expected_on", "opened_on", "closed_on", "owner_id"]],
  ],
  equipment: [
    ["main", ["name", "serial", "type", "site_id", "status"]],
    ["what", ["manufacturer", "model", "installed_on", "warranty_until"]],
    ["dates", ["inspection_due", "calibration_due"]],
    ["rest", ["description"]],
    ["place", ["lat", "lng"]],
  ],
  "work-orders": [
    ["what", ["title", "description", "priority", "service_id"]],
    ["where", ["site_id", "equipment_id", "contact_id"]],
    ["who", ["assigned_to", "contractor_id", "due_at", "scheduled_at"]],
    ["plan", ["checklist", "recurrence"]],
    ["result", ["status", "resolution", "started_at", "completed_at", "invoiced_at", "number"]],
  ],
  tasks: [["main", ["title", "description", "assignee_id", "due_at", "status"]]],
  certificates: [
    ["main", ["equipment_id", "work_order_id", "number", "result"]],
    ["dates", ["issued_on", "valid_until", "inspector"]],
  ],
  "stock-items": [
    ["main", ["name", "number", "category_id", "supplier_id"]],
    ["stock", ["quantity", "unit", "reorder_at", "location"]],
    ["money", ["price", "currency"]],
  ],
};

/** What follows from the work itself: asked when a record is changed, not when it is made. */
const LATER: Record<string, string[]> = {
  "work-orders": ["status", "started_at", "completed_at", "invoiced_at", "resolution", "number"],
  tasks: ["status"],
  deals: ["closed_on"],
};

export interface Group {
  name: Name;
  label: string;
  fields: Field[];
  /** The group also asks what the record is about. */
  about?: boolean;
}

const isAbout = (field: Field): boolean => field.name === "about_kind" || field.name === "about_id";

/** What this person may fill in, group by group; empty groups are left out. */
export function groupsOf(kind: Kind, making: boolean): Group[] {
  const later = new Set(making ? LATER[kind.name] : []);
  const asked = fieldsOf(kind).filter(
    (field) =>
      !field.read_only && !field.derived && !later.has(field.name) &&
      // That a new record is in use goes without asking.
      !(making && field.name === "active" && field.default === true),
  );
  const declared = GROUPS[kind.name] ?? [["main", asked.filter((field) => !field.own).map((field) => field.name)]];
  const placed = new Set<Field>();
  const take = (name: string): Field[] => {
    const field = asked.find((one) => one.name === name && !one.own && !isAbout(one));
    if (!field || placed.has(field)) return [];
    placed.add(field);
    return [field];
  };
  const groups: Group[] = declared.map(([name, names]) => ({ name, label: words.form.groups[name], fields: names.flatMap(take) }));
  const left = asked.filter((field) => !placed.has(field) && !field.own && !isAbout(field));
  const rest = groups.find((group) => group.name === "rest");
  if (rest) rest.fields.push(...left);
  else groups.push({ name: "rest", label: words.form.groups.rest, fields: left });
  groups.push({ name: "own", label: words.form.groups.own, fields: asked.filter((field) => field.own) });
  const first = groups[0];
  if (first && asked.some(isAbout)) first.about = true;
  return groups.filter((group) => group.fields.length || group.about);
}
