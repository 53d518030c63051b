/** The list that one came from: previous and next on a record's page go along it. */
import { signal } from "@preact/signals";

/** `ids` are what was loaded around the record that was opened; `from` rows stand before the first. */
export const trail = signal<{ kind: string; query: string; ids: string[]; from?: number; total?: number } | null>(null);
