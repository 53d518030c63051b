/** Light, dark, or as the system says. */
import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
const KEPT = "larder.theme";

export const theme = signal<Theme>((document.documentElement.dataset.theme as Theme) ?? "system");

export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  try {
    if (chosen === "system") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, chosen);
  } catch {
    // It holds for this page alone.
  }
}
