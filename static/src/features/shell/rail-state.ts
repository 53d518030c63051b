/** Whether the rail is narrow; kept in this browser. */
import { effect, signal } from "@preact/signals";

const KEPT = "larder.rail";

export const narrow = signal(kept());

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) === "narrow";
  } catch {
    return false;
  }
}

effect(() => {
  if (narrow.value) document.documentElement.dataset.rail = "narrow";
  else delete document.documentElement.dataset.rail;
});

export function toggleRail(): void {
  narrow.value = !narrow.value;
  try {
    if (narrow.value) localStorage.setItem(KEPT, "narrow");
    else localStorage.removeItem(KEPT);
  } catch {
    // It holds until the page is loaded again.
  }
}
