/** Sums that are held against a target are those of the workspaces that have one; what the others add stands beside. */
export interface Sums {
  now: number;
  /** By the month's end at this pace. */
  end: number;
  /** Nothing where no workspace has one. */
  target: number | null;
  /** What workspaces without a target add to `now`, and how many they are. */
  besides: { now: number; workspaces: number } | null;
}

/** `of` is of all workspaces, `aimed` of those with a target. */
export function sumsOf(of: { now: number; end: number; workspaces: number }, aimed: { now: number; end: number; workspaces: number; target: number }): Sums {
  if (aimed.target <= 0) return { now: of.now, end: of.end, target: null, besides: null };
  const workspaces = of.workspaces - aimed.workspaces;
  return { now: aimed.now, end: aimed.end, target: aimed.target, besides: workspaces > 0 ? { now: of.now - aimed.now, workspaces } : null };
}
