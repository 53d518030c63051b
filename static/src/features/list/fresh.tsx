/** How many rows, and how old what one sees is. */
import { useEffect, useState } from "preact/hooks";
import { ago } from "../../kernel/format";
import { words } from "../../words";
import type { Listing } from "./use-list";

const TICK_MS = 15_000;

export function Fresh({ list }: { list: Listing }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  // Nothing came: how old nothing is says nothing.
  if (list.problem && list.length === 0) return null;
  const rows = words.list.rows(list.total ?? list.length, list.total === undefined && !list.ended);
  return (
    <span class="t12 muted nowrap" role="status">
      {list.waiting && list.length === 0 ? words.loading : words.list.fresh(rows, words.updated(ago(list.updatedAt)))}
    </span>
  );
}
