/** The list that one came from: previous and next on a record's page go along it. */
import { signal } from "@preact/signals";

export const trail = signal<{ kind: string; query: string; ids: string[]; total?: number } | null>(null);
