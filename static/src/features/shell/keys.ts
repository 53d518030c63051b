/** What the keys do on every screen. A screen that announces the same key takes it over. */
import { useLocation } from "wouter-preact";
import { type Bindings, useKeys } from "../../kernel/keys";
import { may, useSchema } from "../../kernel/schema";
import { role } from "../../kernel/session";
import { undoLast } from "../../kernel/toasts";
import { words } from "../../words";
import { keysOpen, openPalette, paletteOpen, panelOpen } from "./open";
import { toggleRail } from "./rail-state";
import { capital, isClient, isField, screensFor } from "./screens";

/** The second key after `g`, by kind and by screen. */
const KINDS: Record<string, string> = {
  companies: "c",
  sites: "s",
  contacts: "p",
  deals: "o",
  equipment: "e",
  "work-orders": "w",
  tasks: "t",
  contractors: "x",
  "stock-items": "i",
  certificates: "f",
};
const SCREENS: Record<string, string> = { "/": "d", "/today": "y", "/calendar": "k", "/dispatch": "a" };

const say = words.nav.keys;

export function useGlobalKeys(): void {
  const [at, go] = useLocation();
  const schema = useSchema();
  const readable = schema?.kinds.filter((kind) => may(kind, "read")) ?? [];
  const places: Bindings = {};
  for (const screen of screensFor(role.value, schema?.kinds)) {
    const letter = SCREENS[screen.href];
    if (letter) places[`g ${letter}`] = { label: screen.label, run: () => go(screen.href) };
  }
  for (const kind of readable) {
    const letter = KINDS[kind.name];
    if (letter) places[`g ${letter}`] = { label: capital(kind.many), run: () => go(`/${kind.name}`) };
  }
  if (!isField(role.value) && !isClient(role.value)) places["g ,"] = { label: words.nav.settings, run: () => go("/settings") };

  // On a kind's screens one makes one of the kind; elsewhere what is made most.
  const here = readable.find((kind) => at === `/${kind.name}` || at.startsWith(`/${kind.name}/`)) ?? readable.find((kind) => kind.name === "work-orders");
  useKeys(
    {
      "mod+k": { label: say.palette, always: true, run: () => (paletteOpen.value = !paletteOpen.value) },
      "/": { label: say.search, run: searchHere },
      c: may(here, "create") && here ? { label: say.create(here.one), run: () => go(`/${here.name}/new`) } : undefined,
      z: { label: words.undo, run: undoLast },
      "[": { label: say.rail, run: toggleRail },
      "?": { label: say.help, run: () => (keysOpen.value = true) },
      "mod+shift+d": { label: words.nav.panel, always: true, run: () => (panelOpen.value = !panelOpen.value) },
    },
    say.everywhere,
    "app",
  );
  useKeys(places, say.goTo, "app");
}

/** The screen's own search when it has one, else the palette. */
function searchHere(): void {
  const own = [...document.querySelectorAll<HTMLInputElement>("#main [data-search], #main input[type=search]")].find((input) => input.offsetParent !== null);
  if (own) own.focus();
  else openPalette();
}
