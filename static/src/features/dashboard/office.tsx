/** The office's dashboard: figures, work, tasks, charts, what is due, what happened. */
import type { Recent } from "../../kernel/recents";
import { CompletedChart, StagesChart, WonChart } from "./charts";
import { Due } from "./due";
import { Latest } from "./latest";
import { Recents } from "./recents";
import type { Tiles } from "./shape";
import { Stats } from "./stats";
import { Tasks } from "./tasks";
import { Work } from "./work";

export function Office({ tiles, recents }: { tiles: Tiles; recents: Recent[] }) {
  const { my_tasks, completed_by_week, deals_by_stage, won_by_month, inspections_due, calibrations_due, latest } = tiles;
  return (
    <>
      <Stats tiles={tiles} />
      <div class="row2">
        <Work tiles={tiles} />
        {my_tasks && <Tasks tile={my_tasks} />}
      </div>
      <div class="row3">
        {completed_by_week && <CompletedChart tile={completed_by_week} />}
        {deals_by_stage && <StagesChart tile={deals_by_stage} />}
        {won_by_month && <WonChart tile={won_by_month} />}
      </div>
      <div class="row3">
        <Due inspections={inspections_due} calibrations={calibrations_due} />
        {latest?.activity && <Latest deeds={latest.activity.data} />}
        <Recents recents={recents} />
      </div>
    </>
  );
}
