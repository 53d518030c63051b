/** What the server says of the portal. */
export type Name = "kpi" | "volume" | "revenue" | "infrastructure";
export const NAMES: Name[] = ["kpi", "volume", "revenue", "infrastructure"];

export interface Portal {
  dashboards: State[];
  demo: boolean;
  sources: Source[];
  may_manage: boolean;
}

export interface State {
  dashboard: Name;
  title: string;
  ttl_seconds: number;
  loading: { done: number; of: number } | null;
  revision: number;
}

export interface Source {
  id: string;
  name: string;
  enabled: boolean;
  demo: boolean;
  has_token: boolean;
  workspaces: number;
  tokens: number;
  serial: boolean;
  state: "ok" | "off" | "paused" | "failing";
  listed_at: string | null;
  paused_until: string | null;
  error: { code: string; message: string; at: string } | null;
  base_url?: string;
}

export interface Remark {
  code: string;
  message: string;
}

/** One workspace in a dashboard. */
export interface Line<F = unknown> {
  workspace_id: string;
  name: string;
  fetched_at: string | null;
  completeness: number | null;
  warnings: Remark[];
  error: (Remark & { at: string }) | null;
  figures: F | null;
}

export interface Board<F = unknown, T = unknown> {
  dashboard: Name;
  month: string;
  today: string;
  day_of_month: number;
  days_in_month: number;
  freshness: "fresh" | "stale" | "very_stale" | "none";
  fetched_at: string | null;
  ttl_seconds: number;
  fresh_until: string | null;
  stale_until: string | null;
  gone_at: string | null;
  fetch_duration_ms: number | null;
  cached: boolean;
  workspaces: number;
  loaded: number;
  totals: T;
  rows: Line<F>[];
  warnings: (Remark & { workspace_id: string; name: string })[];
  errors: (Remark & { workspace_id: string | null; name: string; at: string | null })[];
}

export interface Kpi {
  leads: number;
  target: number | null;
  progress: number | null;
  on_target: boolean | null;
  projected_leads: number;
  projected_progress: number | null;
  replies: number;
  projected_replies: number;
  sent: number;
  contacted: number;
}

export interface KpiTotals {
  leads: number;
  target: number;
  leads_to_target: number;
  progress: number | null;
  projected_leads: number;
  projected_to_target: number;
  with_target: number;
  on_target: number;
}

export interface Volume {
  sent_today: number | null;
  sent: number;
  daily_average: number;
  target: number | null;
  daily_target: number | null;
  progress: number | null;
  on_target: boolean | null;
  projected_sent: number;
  reply_rate: number | null;
  bounce_rate: number | null;
}

export interface VolumeTotals {
  sent_today: number;
  known_today: number;
  sent: number;
  target: number;
  sent_to_target: number;
  progress: number | null;
  projected_sent: number;
  reply_rate: number | null;
  bounce_rate: number | null;
  with_target: number;
  on_target: number;
}

export interface Revenue {
  leads: number;
  price_per_lead: number | null;
  cost: number | null;
  currency: string;
  revenue: number | null;
  profit: number | null;
  margin: number | null;
  projected_leads: number;
  projected_revenue: number | null;
  projected_profit: number | null;
  projected_margin: number | null;
}

export interface RevenueTotals {
  leads: number;
  projected_leads: number;
  priced: number;
  currencies: Money[];
}

export interface Money {
  currency: string;
  revenue: number;
  projected_revenue: number;
  cost: number;
  profit: number;
  projected_profit: number;
  margin: number | null;
  projected_margin: number | null;
}

export interface Sender {
  id: number;
  email: string;
  name: string | null;
  status: string;
  daily_limit: number;
  sent: number;
  reply_rate: number | null;
  bounce_rate: number | null;
}

export interface InfrastructureTotals {
  accounts: number;
  statuses: Record<string, number>;
  daily_limit: number;
  sent: number;
  reply_rate: number | null;
  bounce_rate: number | null;
}

export interface Infrastructure extends InfrastructureTotals {
  senders: Sender[];
}

/** Of each dashboard, what it holds. */
export interface Shape {
  kpi: Board<Kpi, KpiTotals>;
  volume: Board<Volume, VolumeTotals>;
  revenue: Board<Revenue, RevenueTotals>;
  infrastructure: Board<Infrastructure, InfrastructureTotals>;
}
