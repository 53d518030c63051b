/** The dashboard of whoever is out: today's stops, what else is open, own tasks. */
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import type { Recent } from "../../kernel/recents";
import { useKind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { dashboardWords } from "../../words/dashboard";
import { Recents } from "./recents";
import { countOf, listOf, type Tile, type Tiles } from "./shape";
import { Tasks } from "./tasks";
import { Rows } from "./work";

const say = dashboardWords.field;

export function Field({ tiles, recents }: { tiles: Tiles; recents: Recent[] }) {
  return (
    <div class="row2">
      <div class="stack gap-4">
        {tiles.stops_today && <Set title={say.stops} tile={tiles.stops_today} empty={say.noStops} href="/today" more={say.openToday} by="scheduled_at" />}
        {tiles.open_work && <Set title={say.open} tile={tiles.open_work} empty={say.noOpen} />}
      </div>
      <div class="stack gap-4">
        {tiles.my_tasks && <Tasks tile={tiles.my_tasks} />}
        <Recents recents={recents} />
      </div>
    </div>
  );
}

export function Set({ title, tile, empty, href, more, by }: { title: string; tile: Tile; empty: string; href?: string; more?: string; by?: "due_at" | "scheduled_at" }) {
  const kind = useKind(tile.kind);
  if (!kind) return null;
  return (
    <section class="card work" aria-label={title}>
      <div class="card-head ruled">
        <h2>{title}</h2>
        <div class="end">
          <Link class="more" href={href ?? listOf(tile)}>
            {more ?? dashboardWords.all(number(countOf(tile)))}
            <Icon name="right" />
          </Link>
        </div>
      </div>
      <Rows kind={kind} tile={tile} empty={empty} by={by} />
    </section>
  );
}
