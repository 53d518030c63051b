/** One column that towers above all others would press them flat: it is cut, and marked as higher than drawn. */

/** What a column of several parts reaches. */
interface Tall {
  value: number;
  ahead: number | null;
  target: number | null;
}

export const reach = ({ value, ahead, target }: Tall): number => Math.max(value, ahead ?? 0, target ?? 0);

/** How high the picture reaches: twice the second tallest, or the tallest where it is lower. */
export function roof(points: Tall[]): number {
  const [first = 0, second = first] = points.map(reach).sort((a, b) => b - a);
  return Math.max(1, Math.min(first, second * 2 || first));
}

/** A column that is cut is drawn in parts of its own height, so that what it lacks is seen all the same. */
export const scaleOf = (point: Tall, roof: number): number => Math.max(roof, reach(point));

export const anyCut = (points: Tall[]): boolean => points.some((point) => reach(point) > roof(points));

/** Where the columns go below nothing too: three times the second best, and no less than the deepest loss. */
export function roofOfSwings(points: { value: number }[]): number {
  const order = points.map((point) => point.value).sort((a, b) => b - a);
  const [best = 0, second = best] = order;
  return Math.max(0, Math.min(best, Math.max(second * 3, -(order.at(-1) ?? 0))) || best);
}

export const anySwingCut = (points: { value: number }[]): boolean => points.some((point) => point.value > roofOfSwings(points));
