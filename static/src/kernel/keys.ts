/**
 * The keyboard: one list of what the keys do, in the order in which it was announced. The latest
 * announcement of a key holds, so a screen can take over what the shell does by itself. Nothing
 * happens while somebody types, nor below an open dialog.
 */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface Binding {
  /** What it does, for the help sheet; without a label it works and is not listed. */
  label?: string;
  run: (event: KeyboardEvent) => void;
  /** Holds while somebody types and over an open dialog too; for chords such as `mod+k`. */
  always?: boolean;
}

/** `c`, `?`, `Escape`, `mod+k` (Ctrl or Cmd), `shift+Enter`, `g d` (one after the other). */
export type Bindings = Record<string, Binding | undefined>;

/** Where a key holds: in the whole app, or on the screen that announced it. */
export type Scope = "app" | "screen";

interface Layer {
  scope: Scope;
  /** Of the help sheet: the heading above these keys. */
  title: string;
  bindings: Bindings;
}

/** The second key of a pair must come within this time. */
const PAIR_MS = 1200;

const layers = signal<Layer[]>([]);
/** The first key of a pair, while its second is awaited. */
export const pending = signal<string | null>(null);
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Announces keys for as long as the component is on screen. */
export function useKeys(bindings: Bindings, title = "", scope: Scope = "screen"): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const names = Object.keys(bindings)
    .filter((combo) => bindings[combo])
    .join();
  useEffect(() => {
    // What a key does is looked up when it is pressed, so that it never sees an old state.
    const lasting = Object.fromEntries(
      names.split(",").flatMap((combo): [string, Binding][] => {
        const binding = latest.current[combo];
        return binding ? [[combo, { ...binding, run: (event) => latest.current[combo]?.run(event) }]] : [];
      }),
    );
    return announce({ scope, title, bindings: lasting });
  }, [names, title, scope]);
}

function announce(layer: Layer): () => void {
  layers.value = [...layers.value, layer];
  return () => {
    layers.value = layers.value.filter((other) => other !== layer);
  };
}

export interface Listed {
  title: string;
  scope: Scope;
  keys: { combo: string; label: string }[];
}

/** What holds now, for the help sheet: the screen's own first, nothing that was taken over. */
export function listed(): Listed[] {
  const seen = new Set<string>();
  const groups = new Map<string, Listed>();
  for (const { scope, title, bindings } of layers.value.toReversed()) {
    for (const [combo, binding] of Object.entries(bindings)) {
      if (!binding || seen.has(combo)) continue;
      seen.add(combo);
      if (!binding.label) continue;
      const group = groups.get(title) ?? { title, scope, keys: [] };
      group.keys.push({ combo, label: binding.label });
      groups.set(title, group);
    }
  }
  return [...groups.values()].sort((a, b) => Number(a.scope === "app") - Number(b.scope === "app"));
}

/** The name of what was pressed; null for a modifier alone. */
export function comboOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string | null {
  if (["Control", "Meta", "Alt", "Shift", "AltGraph", "CapsLock", "Dead", "Process"].includes(event.key)) return null;
  const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const key = event.key === " " ? "Space" : letter ? event.key.toLowerCase() : event.key;
  // Shift is part of `?` already; with letters and named keys it is told apart.
  const shift = event.shiftKey && (letter || event.key.length > 1);
  return [(event.ctrlKey || event.metaKey) && "mod", event.altKey && "alt", shift && "shift", key].filter(Boolean).join("+");
}

function found(combo: string): Binding | undefined {
  for (const { bindings } of layers.value.toReversed()) if (bindings[combo]) return bindings[combo];
  return undefined;
}

const leads = (first: string): boolean =>
  layers.value.some(({ bindings }) => Object.keys(bindings).some((combo) => combo.startsWith(`${first} `)));

/** Whether a key press belongs to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select"));
}

/** Answers one key press; says whether it meant something. */
export function press(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const combo = comboOf(event);
  if (!combo) return false;
  const busy = isTyping(event.target) || document.querySelector("dialog[open], .floating") !== null;
  const before = pending.value;
  settle(null);
  const binding = (before && !busy && found(`${before} ${combo}`)) || found(combo);
  if (binding && (binding.always || !busy) && !pressesButton(event, combo)) {
    event.preventDefault();
    binding.run(event);
    return true;
  }
  if (!busy && leads(combo)) settle(combo);
  return pending.value !== null;
}

/** Enter and Space on a button or a link press it, whatever else they would do. */
function pressesButton(event: KeyboardEvent, combo: string): boolean {
  return (combo === "Enter" || combo === "Space") && event.target instanceof Element && event.target.closest("button, a, summary, [role=button]") !== null;
}

function settle(first: string | null): void {
  clearTimeout(waiting);
  pending.value = first;
  if (first) waiting = setTimeout(() => (pending.value = null), PAIR_MS);
}

/** Listens to the window; returns how to stop. */
export function installKeys(): () => void {
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

const SIGNS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
const MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** How a key is written on the key itself: `["Ctrl", "K"]`, `["G", "D"]`. */
export function spelled(combo: string): string[] {
  return combo.split(/[ +](?!$)/).map((part) => {
    if (part === "mod") return MAC ? "⌘" : "Ctrl";
    return SIGNS[part] ?? part.charAt(0).toUpperCase() + part.slice(1);
  });
}
