/** What a line over time is made of, and where its names have room. */

export interface LinePoint {
  at: number;
  value: number;
}

export interface Line {
  name: string;
  tone: "steel" | "amber" | "green" | "danger";
  points: LinePoint[];
  /** The latest value as people say it. */
  end: string;
  area?: boolean;
}

/** The stretches without a gap. */
export function pieces(points: LinePoint[], step: number): LinePoint[][] {
  const all: LinePoint[][] = [];
  for (const point of points) {
    const before = all.at(-1)?.at(-1);
    if (before && point.at - before.at <= step * 1.5) all.at(-1)?.push(point);
    else all.push([point]);
  }
  return all;
}

/** Heights moved apart until each is `room` from the next, as far as there is room between `highest` and `lowest`. */
export function spread(heights: number[], room: number, highest: number, lowest: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[b] as number) - (heights[a] as number));
  const moved = [...heights];
  let below = lowest + room;
  for (const i of order) {
    moved[i] = Math.min(moved[i] as number, below - room);
    below = moved[i] as number;
  }
  let above = highest - room;
  for (const i of order.reverse()) {
    moved[i] = Math.max(moved[i] as number, above + room);
    above = moved[i] as number;
  }
  return moved;
}
