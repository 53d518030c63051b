/** Where the picture of the business is read; another picture has another address. */
import { pathOf } from "./pages";

export const logoOf = (tenant: { id: string; logo?: string | null }): string | null =>
  tenant.logo ? pathOf(`tenants/${tenant.id}/logo?v=${encodeURIComponent(tenant.logo)}`) : null;
