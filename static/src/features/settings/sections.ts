/** The sections of the settings, and who has them. */
import { iconOf } from "../../kernel/kinds";
import { type Kind, may } from "../../kernel/schema";
import { seesHealth, type Session } from "../../kernel/session";
import type { IconName } from "../../ui/icon";
import { settingWords } from "../../words/settings";
import { capital } from "../../words/en/parts";

export interface Section {
  /** Its place in the address, `/settings/{name}`. */
  name: string;
  label: string;
  icon: IconName;
  group: "team" | "lists" | "system";
  /** Elsewhere than in the settings. */
  href?: string;
}

/** Lists that a business fills once and then picks from. */
const LISTS = ["services", "products", "categories", "suppliers"];

export function sectionsFor(kinds: Kind[], { user }: Session): Section[] {
  const kind = (name: string) => kinds.find((one) => one.name === name);
  const named = (name: string, icon: IconName, group: Section["group"]): Section => ({ name, icon, group, label: settingWords.sections[name] ?? name });
  const keeps = (name: string) => may(kind(name), "create") || may(kind(name), "update");
  const imports = kinds.some((one) => one.importable && one.rights.create === "all" && one.rights.read === "all");
  return [
    ...(user.role === "owner" ? [named("business", "building", "team")] : []),
    ...(keeps("users") ? [named("people", "people", "team")] : []),
    ...(kind("roles") ? [named("roles", "shield", "team")] : []),
    ...(keeps("custom-fields") || (kind("custom-fields") && kind("roles")) ? [named("fields", "columns", "lists")] : []),
    ...(keeps("status-options") ? [named("stages", "board", "lists")] : []),
    ...LISTS.flatMap((name): Section[] => {
      const one = kind(name);
      return one && keeps(name) ? [{ name, label: capital(one.many), icon: iconOf(name), group: "lists" }] : [];
    }),
    ...(kind("workspaces") && keeps("workspaces") ? [{ name: "workspaces", label: capital(kind("workspaces")?.many ?? ""), icon: iconOf("workspaces"), group: "lists" as const, href: "/workspaces" }] : []),
    ...(user.role === "owner" ? [named("mail-service", "portal", "system")] : []),
    ...(imports ? [{ ...named("imports", "upload", "system"), href: "/import" }] : []),
    ...(imports || ["owner", "manager"].includes(user.role) ? [named("chores", "clock", "system")] : []),
    ...(user.role === "owner" ? [named("webhooks", "bell", "system")] : []),
    ...(seesHealth(user) ? [{ ...named("health", "pulse", "system"), href: "/health" }] : []),
    ...(user.operator ? [named("server", "wrench", "system")] : []),
  ];
}
