/** The rows that somebody ticked. */
import { useMemo, useRef, useState } from "preact/hooks";

export interface Selection {
  ids: ReadonlySet<string>;
  has: (id: string) => boolean;
  /** Ticks or unticks one; with `far` everything from the last one that was ticked. */
  toggle: (id: string, far: string[] | null) => void;
  setAll: (ids: string[]) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useSelection(): Selection & { last: { current: string | null } } {
  const [ids, setIds] = useState<ReadonlySet<string>>(NONE);
  const last = useRef<string | null>(null);
  return useMemo(
    () => ({
      ids,
      last,
      has: (id) => ids.has(id),
      toggle: (id, far) => {
        const next = new Set(ids);
        const add = !ids.has(id);
        for (const one of far ?? [id]) {
          if (add || far) next.add(one);
          else next.delete(one);
        }
        last.current = id;
        setIds(next);
      },
      setAll: (all) => setIds(new Set(all)),
      clear: () => setIds(NONE),
    }),
    [ids],
  );
}
