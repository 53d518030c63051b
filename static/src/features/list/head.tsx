/** The heads of the columns; those that can be sorted by say so. */
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { type Column, isNumber } from "./columns";

interface Props {
  columns: Column[];
  sort: string | null;
  /** Of the loaded rows: none, some or all are selected. */
  picked: "none" | "some" | "all" | "never";
  onSort: (sort: string | null) => void;
  onPickAll: () => void;
}

/** Rising, falling, and back to the kind's own order. */
export function nextSort(path: string, sort: string | null): string | null {
  if (sort === path) return `-${path}`;
  return sort === `-${path}` ? null : path;
}

export function Head({ columns, sort, picked, onSort, onPickAll }: Props) {
  const checked = picked === "all" ? true : picked === "some" ? "mixed" : false;
  return (
    <thead>
      <tr>
        <th class="c-check">
          {picked === "never" ? (
            <span class="hidden-visually">{words.list.nothingToPick}</span>
          ) : (
            <button type="button" class="row-tick" role="checkbox" aria-checked={checked} aria-label={words.list.pickAll} onClick={onPickAll}>
              <span class="check">
                <Icon name={picked === "some" ? "minus" : "check"} />
              </span>
            </button>
          )}
        </th>
        {columns.map(({ path, field }) => {
          const way = sort === path ? "ascending" : sort === `-${path}` ? "descending" : undefined;
          return (
            <th key={path} class={isNumber(field) ? "num" : undefined} aria-sort={way}>
              {field.sortable ? (
                <button type="button" class="sort" title={words.list.sortBy(field.label)} onClick={() => onSort(nextSort(path, sort))}>
                  <span class="cut">{field.label}</span>
                  {way && <Icon name={way === "ascending" ? "arrowup" : "arrowdown"} />}
                </button>
              ) : (
                <span class="cut">{field.label}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
