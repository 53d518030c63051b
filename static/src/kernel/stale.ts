/** How long what was read counts as fresh, and what is read again by itself: one table. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Freshness {
  /** Milliseconds for which a return costs no request. */
  stale: number;
  /** Milliseconds after which a visible screen reads again by itself. */
  refetch?: number;
}

const DEFAULT: Freshness = { stale: 5 * MINUTE };

const TABLE: Record<string, Freshness> = {
  companies: { stale: 5 * MINUTE }, // R03
  sites: { stale: 5 * MINUTE }, // R04
  services: { stale: 10 * MINUTE }, // R05
  equipment: { stale: 2 * MINUTE }, // R06
  "work-orders": { stale: 30 * SECOND, refetch: MINUTE }, // R07
  tasks: { stale: 30 * SECOND, refetch: 30 * SECOND }, // R08
  dashboard: { stale: MINUTE, refetch: MINUTE }, // R09
  notifications: { stale: MINUTE, refetch: MINUTE },
  session: { stale: 24 * 60 * MINUTE }, // C24
  reference: { stale: 5 * MINUTE, refetch: 5 * MINUTE }, // P07
};

/** Kept for so long after the last screen that showed it was left (P12, C16). */
export const KEPT_MS = 5 * MINUTE;

export function freshness(kind: string): Freshness {
  return TABLE[kind] ?? DEFAULT;
}
