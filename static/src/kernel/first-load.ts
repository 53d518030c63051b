/**
 * The first load of a session: where the start page is the dashboard, its parts and the schema come
 * together, before the rail could ask for the schema by itself.
 */
import type { Part } from "./pages";
import { openPage } from "./pages";
import { keys } from "./query";
import { recentsPart } from "./recents";
import { role } from "./session";
import { schemaPart } from "./schema";

export const dashboardPart: Part = { key: keys.dashboard, name: "dashboard", path: "dashboard" };

let opened = "";

/** Called while the app renders; acts once for each person who signs in. */
export function firstLoad(user: string, path: string): void {
  if (opened === user || path !== "/" || role.value === "client") return;
  opened = user;
  openPage("dashboard", {}, [schemaPart, dashboardPart, recentsPart]);
}
