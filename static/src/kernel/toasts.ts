/** What just happened, in a line, and for eight seconds the way back. */
import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  text: string;
  tone: "success" | "danger" | "info";
  /** Offered as "Undo". */
  undo?: () => void;
  /** Where the thing that it speaks of can be seen. */
  href?: string;
}

const SHOWN_MS = 8000;
let last = 0;

export const toasts = signal<Toast[]>([]);

export function toast(text: string, more: Partial<Omit<Toast, "id" | "text">> = {}): void {
  const id = ++last;
  // Three at once are enough to read.
  toasts.value = [...toasts.value.slice(-2), { id, text, tone: "success", ...more }];
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** The latest that can be undone, for the `z` key. */
export function undoLast(): void {
  const found = toasts.value.findLast((toast) => toast.undo);
  if (!found) return;
  dismiss(found.id);
  found.undo?.();
}
