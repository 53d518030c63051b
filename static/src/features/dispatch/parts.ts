/** What the dispatch day reads: who works, what they do that day, and what nobody has yet. */
import type { Page } from "../../kernel/api";
import { byId, within } from "../../kernel/orders";
import type { Part } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { addDays } from "../../kernel/zone";

export const techniciansPart: Part<Page> = {
  key: keys.list("users", "technicians"),
  name: "technicians",
  path: "users?fields=id,name,role,region&role=technician&active=true&sort=name&limit=200",
};

export const contractorsPart: Part<Page> = {
  key: keys.list("contractors", "names"),
  name: "contractors",
  path: "contractors?fields=id,name&sort=name&limit=200",
};

/** How long each service takes. */
export const servicesPart: Part<Page> = {
  key: keys.reference("services"),
  name: "services",
  path: "services?sort=name&limit=200",
};

export function ordersPart(day: string): Part<Page> {
  const query = new URLSearchParams({
    filter: within(day, addDays(day, 1)),
    "status[ne]": "cancelled",
    sort: "scheduled_at",
    include: "site,assigned_to",
    limit: "200",
  });
  return { key: keys.list("work-orders", `dispatch ${day}`), name: "work_orders", path: `work-orders?${query}`, take: byId };
}

export const unassignedPart: Part<Page> = {
  key: keys.list("work-orders", "unassigned"),
  name: "unassigned",
  path: `work-orders?${new URLSearchParams({
    "status[in]": "new,on_hold",
    "assigned_to[null]": "true",
    "contractor_id[null]": "true",
    sort: "due_at",
    include: "site",
    limit: "50",
  })}`,
};
