/** What floats over every screen, and whether it is open. */
import { signal } from "@preact/signals";

export const paletteOpen = signal(false);
export const keysOpen = signal(false);
export const panelOpen = signal(false);

export function openPalette(): void {
  paletteOpen.value = true;
}
