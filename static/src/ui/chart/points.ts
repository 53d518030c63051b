/** What a chart shows, and which of its labels have room. */

export interface Point {
  key: string;
  /** On the axis, short. */
  label: string;
  /** In full, for the table and for whoever listens. */
  whole?: string;
  value: number;
  /** The value as people say it. */
  text: string;
  /** The same where there is little room: `£33k`. */
  short?: string;
  /** The list that shows what was counted. */
  href?: string;
  /** The one that matters: the latest, the one under way. */
  strong?: boolean;
}

/** About the width of a text of 12 px, without measuring. */
export const widthOf = (text: string, strong = false): number => text.length * (strong ? 7 : 6.4);

/** All points in a sentence. */
export const sentence = (points: Point[]): string =>
  points.map((point) => `${point.whole ?? point.label}: ${point.text}`).join(", ");

/**
 * Which columns get their value written above them: all when there is room, else the latest and the
 * highest, unless the two would touch.
 */
export function valued(points: Point[], step: number): Set<number> {
  const room = (point: Point) => widthOf(point.short ?? point.text, true) + 6;
  if (points.every((point) => point.value === 0 || room(point) <= step)) {
    return new Set(points.flatMap((point, i) => (point.value > 0 ? [i] : [])));
  }
  const last = points.length - 1;
  const shown = new Set<number>();
  if (points[last] && points[last].value > 0) shown.add(last);
  const highest = points.reduce((best, point, i) => (point.value > (points[best]?.value ?? 0) ? i : best), 0);
  const top = points[highest];
  const end = points[last];
  if (top && end && top.value > 0 && (highest === last || (last - highest) * step >= (room(top) + room(end)) / 2)) shown.add(highest);
  return shown;
}

/** Which columns get a name below them: the first, the last, and between them as many as fit. */
export function named(points: Point[], step: number): Set<number> {
  const last = points.length - 1;
  const widest = Math.max(0, ...points.map((point) => widthOf(point.label))) + 12;
  const every = Math.max(1, Math.ceil(widest / step));
  const shown = new Set<number>();
  for (let i = 0; i <= last; i += every) shown.add(i);
  if (!shown.has(last)) {
    // The last one is always named; what would touch it gives way.
    for (const i of shown) if (i !== 0 && (last - i) * step < widest) shown.delete(i);
    if (last * step >= widest) shown.add(last);
  }
  return shown;
}
