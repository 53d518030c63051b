/** What this person opened lately. */
import { keys } from "./query";
import type { Part } from "./pages";

export interface Recent {
  kind: string;
  id: string;
  title: string;
  opened_at: string;
}

export const recentsPart: Part<Recent[]> = {
  key: keys.recents,
  name: "recents",
  path: "recents",
  take: (answer: { data: Recent[] }) => answer.data,
} as Part<Recent[]>;
