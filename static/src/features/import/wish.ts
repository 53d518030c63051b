/** What a person has just decided, shown at once: the server says the same a moment later. */
import type { Import, Settings } from "./api";

export function withWish(found: Import, wish: Settings | null): Import {
  if (!wish) return found;
  const { mapping = {}, dates = {}, ...plain } = wish;
  return {
    ...found,
    settings: { ...found.settings, ...plain, dates: { ...found.settings.dates, ...dates } },
    columns: found.columns.map((column) => {
      const to = mapping[column.name];
      return to === undefined ? column : { ...column, field: to, left_out: to === null };
    }),
  };
}

/** A second decision on top of one that is still on its way. */
export function both(first: Settings | null, second: Settings): Settings {
  return { ...first, ...second, mapping: { ...first?.mapping, ...second.mapping }, dates: { ...first?.dates, ...second.dates } };
}
