/** Equipment whose inspection or calibration is due. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { day, daysUntil, nearDay, number } from "../../kernel/format";
import { useKind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { referred, titleOf } from "../../ui/value";
import { dashboardWords } from "../../words/dashboard";
import { countOf, listOf, rowsOf, type Tile } from "./shape";

const SHOWN = 7;
const say = dashboardWords.due;

export function Due({ inspections, calibrations }: { inspections?: Tile; calibrations?: Tile }) {
  const sets = [
    ...(inspections ? [{ tile: inspections, field: "inspection_due", label: say.inspections }] : []),
    ...(calibrations ? [{ tile: calibrations, field: "calibration_due", label: say.calibrations }] : []),
  ];
  const [picked, setPicked] = useState(0);
  const shown = sets[picked] ?? sets[0];
  const site = useKind("equipment")?.fields.find((f) => f.name === "site_id");
  if (!shown) return null;
  const rows = rowsOf(shown.tile) ?? [];
  return (
    <section class="card" aria-label={say.title}>
      <div class="card-head ruled">
        <h2>{say.title}</h2>
        <div class="segment" role="group" aria-label={dashboardWords.showWhich}>
          {sets.map((set, i) => (
            <button key={set.field} type="button" aria-pressed={set === shown} onClick={() => setPicked(i)}>
              {set.label}
            </button>
          ))}
        </div>
        <div class="end">
          <Link class="more" href={listOf(shown.tile, `sort=${shown.field}`)}>
            {dashboardWords.all(number(countOf(shown.tile)))}
            <Icon name="right" />
          </Link>
        </div>
      </div>
      {rows.length === 0 ? (
        <p class="muted t13 none-here">{say.none}</p>
      ) : (
        <ul class="rows">
          {rows.slice(0, SHOWN).map((row) => {
            const at = String(row[shown.field]);
            const place = site && referred(row, site);
            return (
              <li key={row.id}>
                <Link class="grow plain" href={`/equipment/${row.id}`}>
                  {titleOf(row)} <span class="muted">{place ? titleOf(place) : String(row.serial ?? "")}</span>
                </Link>
                <time class={daysUntil(at) < 0 ? "when due-late" : "when"} dateTime={at} title={day(at)}>
                  {nearDay(at)}
                </time>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
