/** Lists. */
import { count } from "./parts";

export const list = {
  empty: (many: string) => `No ${many} yet`,
  emptyHow: (about: string) => about,
  noMatch: (many: string) => `No ${many} fit these filters`,
  noMatchHow: "Take one away, or start again.",
  clear: "Clear filters",
  import: "Import",
  export: "Export",
  all: "All",
  rows: (n: number, more: boolean) => `${count(n)}${more ? "+" : ""} ${n === 1 ? "row" : "rows"}`,
  pickAll: "Select all that are loaded",
  pick: (title: string) => `Select ${title}`,
  columns: "Columns",
  density: "Row height",
  filter: "Filter",
  sortBy: (label: string) => `Sort by ${label.toLowerCase()}`,
  loadingMore: "Loading more…",
  searchIn: (many: string) => `Search ${many}`,
};
