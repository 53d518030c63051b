/** Screens that are not a list of records, and who has them. */
import { type Kind, may } from "../../kernel/schema";
import type { IconName } from "../../ui/icon";
import { words } from "../../words";

export interface ScreenLink {
  href: string;
  icon: IconName;
  label: string;
}

const FIELD_ROLES = new Set(["technician", "contractor"]);

export const isField = (role: string): boolean => FIELD_ROLES.has(role);
export const isClient = (role: string): boolean => role === "client";

/** `kinds`: what this person may see decides whether the portal is among them. */
export function screensFor(role: string, kinds: Kind[] = []): ScreenLink[] {
  const dashboard = { href: "/", icon: "tiles", label: words.nav.dashboard };
  const today = { href: "/today", icon: "day", label: words.nav.today };
  const calendar = { href: "/calendar", icon: "calendar", label: words.nav.calendar };
  const reports = { href: "/reports", icon: "chart", label: words.nav.reports };
  const all = kinds.some((kind) => kind.name === "workspaces" && may(kind, "read") && kind.rights.read === "all");
  const portal = all ? [{ href: "/portal", icon: "portal", label: words.nav.portal }] : [];
  if (isField(role)) return [today, dashboard, calendar, reports];
  if (isClient(role)) return [{ ...dashboard, label: words.nav.home }];
  return [dashboard, { href: "/dispatch", icon: "nav", label: words.nav.dispatch }, calendar, reports, ...portal];
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
