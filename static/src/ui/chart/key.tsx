/** What the marks of a chart stand for, where a name beside each would not fit: a swatch and a word, by day and by night. */
type Sort = "strong" | "faint" | "line" | "cut";

export function Key({ items }: { items: [sort: Sort, label: string][] }) {
  return (
    <ul class="chart-key">
      {items.map(([sort, label]) => (
        <li key={sort}>
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            {sort === "cut" ? <path class="chart-cut" d="M2 8 l4 -5 l4 5" /> : sort === "line" ? <line class="against-target" x1="0" x2="12" y1="6" y2="6" /> : <rect class={sort === "strong" ? "chart-bar strong-bar" : "chart-bar"} x="1" y="1" width="10" height="10" rx="2" />}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
