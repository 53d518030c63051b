/** What the server says of the portal. */
import type { components } from "../../kernel/wire";

type Schemas = components["schemas"];
export type Portal = Schemas["Portal"];
export type State = Schemas["PortalState"];
export type Source = Schemas["PortalSource"];
export type Health = Schemas["PortalHealth"];
export type Review = Schemas["PortalReview"];
export type Span = Review["week"];
export type Sender = Schemas["PortalSender"];
export type Kpi = Schemas["PortalKpi"];
export type Volume = Schemas["PortalVolume"];
export type Revenue = Schemas["PortalRevenue"];
export type Infrastructure = Schemas["PortalInfrastructure"];
export type Money = Schemas["PortalRevenueTotals"]["currencies"][number];

export type Name = State["dashboard"];
export const NAMES: Name[] = ["kpi", "volume", "revenue", "infrastructure"];

/** One workspace in a dashboard; no figures where none came yet. */
export type Line<F = unknown> = Omit<Schemas["PortalRow"], "figures"> & { figures: F | null };

/** A dashboard: which figures and totals it holds follows from its name. */
export type Board<F = unknown, T = unknown> = Omit<Schemas["PortalDashboard"], "rows" | "totals"> & { rows: Line<F>[]; totals: T };

export interface Shape {
  kpi: Board<Kpi, Schemas["PortalKpiTotals"]>;
  volume: Board<Volume, Schemas["PortalVolumeTotals"]>;
  revenue: Board<Revenue, Schemas["PortalRevenueTotals"]>;
  infrastructure: Board<Infrastructure, Schemas["PortalInfrastructureTotals"]>;
}
