/** Page numbers, for lists that are short enough to have them (R10). */
import { Link } from "wouter-preact";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { count } from "../../words/en/parts";
import { addressOf, type Place } from "./address";
import { SIZE } from "./chain";

/** The first, the last and those around the one on screen; null where some are left out. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const shown = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last);
  const numbers = [...new Set(shown)].sort((a, b) => a - b);
  return numbers.flatMap((n, i) => (i > 0 && n - (numbers[i - 1] as number) > 1 ? [null, n] : [n]));
}

export function Pager({ kind, place, total }: { kind: string; place: Place; total: number }) {
  const last = Math.ceil(total / SIZE);
  if (last < 2) return null;
  const w = words.list.pages;
  const href = (page: number) => {
    const query = addressOf({ ...place, page });
    return query ? `/${kind}?${query}` : `/${kind}`;
  };
  const step = (page: number, icon: string, label: string) =>
    page < 1 || page > last ? (
      <button type="button" class="btn icon small quiet" disabled aria-label={label}>
        <Icon name={icon} />
      </button>
    ) : (
      <Link class="btn icon small quiet" href={href(page)} aria-label={label}>
        <Icon name={icon} />
      </Link>
    );
  return (
    <nav class="pager" aria-label={w.label}>
      <span class="t12 muted">{w.range((place.page - 1) * SIZE + 1, Math.min(place.page * SIZE, total), total)}</span>
      <span class="end flex">
        {step(place.page - 1, "left", w.previous)}
        {pagesAround(place.page, last).map((page, i) =>
          page === null ? (
            <span key={`gap${i}`} class="muted">
              …
            </span>
          ) : (
            <Link key={page} class="btn small quiet" href={href(page)} aria-current={page === place.page ? "page" : undefined} aria-label={w.at(page)}>
              {count(page)}
            </Link>
          ),
        )}
        {step(place.page + 1, "right", w.next)}
      </span>
    </nav>
  );
}
