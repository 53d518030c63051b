/** Saved views of a kind as tabs: what they filter holds on the board too. */
import { Link, useSearch } from "wouter-preact";
import type { Row } from "../../kernel/api";
import type { Field, Kind } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { boardWords } from "../../words/board";
import { filtersIn } from "./filters";

/** More would not fit beside the title. */
const SHOWN = 5;

export function ViewTabs({ kind, views, person }: { kind: Kind; views: Row[]; person?: Field }) {
  const search = useSearch();
  const now = canonical(filtersIn(search, kind));
  const me = session.value?.user.id ?? "";
  const mine = person?.kind === "users" && kind.rights.read !== "own" ? [{ key: "mine", name: boardWords.mine, query: `${person.name}=${me}` }] : [];
  // A view that only sorts or picks columns is no other board.
  const saved = views
    .map((view) => ({ key: view.id, name: String(view.name), query: String(view.query ?? "") }))
    .filter(({ query }) => filtersIn(query, kind).size > 0);
  const tabs = [{ key: "all", name: boardWords.all, query: "" }, ...mine, ...saved].slice(0, SHOWN);
  return (
    <nav class="tabs desk" aria-label={boardWords.views}>
      {tabs.map(({ key, name, query }) => {
        const filters = filtersIn(query, kind);
        const here = canonical(filters) === now;
        return (
          <Link key={key} class="tab" href={`/${kind.name}/board${filters.size ? `?${filters}` : ""}`} aria-current={here ? "page" : undefined}>
            {name}
          </Link>
        );
      })}
    </nav>
  );
}

function canonical(filters: URLSearchParams): string {
  const sorted = new URLSearchParams(filters);
  sorted.sort();
  return sorted.toString();
}
