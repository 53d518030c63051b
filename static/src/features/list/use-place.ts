/** The list's address, read and written. */
import { useMemo } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { addressOf, type Place, placeOf } from "./address";

export type Move = (changes: Partial<Place>, replace?: boolean) => void;

/** What the address says, and how to change it; a change of the rows begins at the first page. */
export function usePlace(kind: string): [Place, Move, string] {
  const search = useSearch();
  const [, go] = useLocation();
  const place = useMemo(() => placeOf(search), [search]);
  const move: Move = (changes, replace = false) => {
    const query = addressOf({ ...place, page: 1, ...changes });
    go(query ? `/${kind}?${query}` : `/${kind}`, { replace });
  };
  return [place, move, search];
}
