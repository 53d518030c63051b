/** The day in a sentence or two. */
import { dashboardWords } from "../../words/dashboard";
import { countOf, type Tiles } from "./shape";

export function dayLine(tiles: Tiles): string {
  const say = dashboardWords.day;
  if (tiles.stops_today) {
    return [say.stops(countOf(tiles.stops_today)), tiles.open_work && say.openWork(countOf(tiles.open_work))].filter(Boolean).join(" ");
  }
  const { due_this_week: due, open_by_priority: urgent, open_by_status: open } = tiles;
  const emergencies = urgent?.summary?.groups?.find((group) => group.value === "emergency")?.count ?? 0;
  const unplanned = open?.summary?.groups?.find((group) => group.value === "new")?.count ?? 0;
  return [due && say.due(countOf(due)), urgent && say.urgent(emergencies, unplanned)].filter(Boolean).join(" ");
}
