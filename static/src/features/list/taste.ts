/** How somebody likes lists: kept in this browser, for every visit. */
import { signal } from "@preact/signals";

export type Density = "dense" | "normal";

const DENSITY = "larder.density";
const columnsName = (kind: string): string => `larder.columns.${kind}`;

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // It holds for this page alone.
  }
}

export const density = signal<Density>(kept(DENSITY) === "normal" ? "normal" : "dense");

export function setDensity(chosen: Density): void {
  density.value = chosen;
  keep(DENSITY, chosen);
}

export const keptColumns = (kind: string): string[] | null => kept(columnsName(kind))?.split(",").filter(Boolean) ?? null;
export const keepColumns = (kind: string, columns: string[] | null): void => keep(columnsName(kind), columns?.join(",") ?? null);
