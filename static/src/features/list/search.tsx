/** Quick search in one list: it waits until typing rests. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../ui/icon";
import { words } from "../../words";

const REST_MS = 200;

interface Props {
  many: string;
  q: string;
  onSearch: (q: string) => void;
  field?: RefObject<HTMLInputElement>;
  onLeave: () => void;
}

export function Search({ many, q, onSearch, field, onLeave }: Props) {
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed === q) return;
    const timer = setTimeout(() => onSearch(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <span class="list-search" role="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        value={typed}
        placeholder={words.search}
        aria-label={words.list.searchIn(many)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onSearch(typed);
          if (event.key === "Escape") {
            event.stopPropagation();
            if (typed) onSearch("");
            event.currentTarget.blur();
          }
          if (event.key === "ArrowDown" || event.key === "Escape") onLeave();
        }}
      />
    </span>
  );
}
