/** What can be done and where one can go, without asking the server. */
import { iconOf, RAIL } from "../../kernel/kinds";
import { may, type Kind } from "../../kernel/schema";
import { seesHealth, session, signOut } from "../../kernel/session";
import { setTheme } from "../../kernel/theme";
import type { IconName } from "../../ui/icon";
import { words } from "../../words";
import type { Item } from "./items";

const say = words.palette;

export interface Places {
  screens: { href: string; icon: IconName; label: string }[];
  onKeys: () => void;
  onPanel: () => void;
}

const railKinds = (kinds: Kind[]): Kind[] => RAIL.flatMap((name) => kinds.filter((kind) => kind.name === name && may(kind, "read")));

/** In the order in which they are wanted: work orders first. */
export function actions(kinds: Kind[], { onKeys, onPanel }: Places): Item[] {
  const makable = railKinds(kinds).filter((kind) => may(kind, "create"));
  const first = makable.sort((a, b) => Number(b.name === "work-orders") - Number(a.name === "work-orders"));
  const importable = kinds.some((kind) => kind.importable && may(kind, "create"));
  return [
    ...first.map((kind): Item => ({ id: `new/${kind.name}`, icon: "plus", title: say.make(kind.one), href: `/${kind.name}/new` })),
    ...(importable ? [{ id: "import", icon: "upload", title: say.import, href: "/import" }] : []),
    ...(["light", "dark", "system"] as const).map((theme): Item => ({ id: `theme/${theme}`, icon: "eye", title: say.theme[theme], run: () => setTheme(theme) })),
    { id: "keys", icon: "keyboard", title: words.nav.keys.title, keys: "?", run: onKeys },
    { id: "panel", icon: "pulse", title: words.nav.panel, run: onPanel },
    { id: "sign-out", icon: "arrow", title: words.nav.signOut, run: () => void signOut() },
  ];
}

export function screens(kinds: Kind[], places: Places): Item[] {
  return [
    ...places.screens.map((screen): Item => ({ id: screen.href, icon: screen.icon, title: screen.label, href: screen.href })),
    ...railKinds(kinds).map((kind): Item => ({ id: `/${kind.name}`, icon: iconOf(kind.name), title: say.kind(kind.many), href: `/${kind.name}` })),
    ...(session.value && seesHealth(session.value.user) ? [{ id: "/health", icon: "pulse", title: words.nav.health, href: "/health" }] : []),
    { id: "/settings", icon: "sliders", title: words.nav.settings, href: "/settings" },
    { id: "/account", icon: "person", title: words.nav.account, href: "/account" },
  ];
}

/** What can be done with the record on top: make a work order for it, narrow the list on screen to it. */
export function about(top: Item | undefined, kinds: Kind[], at: string): Item[] {
  if (!top?.record) return [];
  const { kind, row } = top.record;
  const refersBy = (other: Kind | undefined) => other?.fields.find((field) => field.kind === kind && field.filterable !== false && !field.read_only);
  const orders = kinds.find((other) => other.name === "work-orders");
  const listed = kinds.find((other) => at === `/${other.name}`);
  const [making, narrowing] = [refersBy(orders), refersBy(listed)];
  return [
    ...(orders && making && !making.derived && may(orders, "create")
      ? [{ id: "make-for", icon: "plus", title: say.makeFor(orders.one, top.title), href: `/${orders.name}/new?${making.name}=${row.id}` }]
      : []),
    ...(listed && narrowing ? [{ id: "narrow", icon: "filter", title: say.narrow(top.title), href: `/${listed.name}?${narrowing.name}=${row.id}` }] : []),
  ];
}
