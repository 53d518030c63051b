/**
 * What was typed and not saved yet, kept for the tab: it survives leaving the screen, a reload and a
 * session that ends. It belongs to the person who typed it; signing out on purpose drops it.
 */
import { DRAFTS, session } from "./session";

const nameOf = (what: string): string => `${DRAFTS}${session.value?.user.id ?? ""}.${what}`;

export function keepDraft(what: string, value: unknown): void {
  try {
    sessionStorage.setItem(nameOf(what), JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: the screen itself still has it.
  }
}

export function draftOf<T>(what: string): T | null {
  try {
    const text = sessionStorage.getItem(nameOf(what));
    return text ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

export function dropDraft(what: string): void {
  try {
    sessionStorage.removeItem(nameOf(what));
  } catch {
    // Nothing was kept.
  }
}
