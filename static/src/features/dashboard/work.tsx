/** Work orders that want something now: late, due this week, or one's own. */
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { clock, dayOf, daysUntil, moment, nearDay, number } from "../../kernel/format";
import { type Kind, useKind } from "../../kernel/schema";
import { Person } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { referred, State, titleOf } from "../../ui/value";
import { words } from "../../words";
import { dashboardWords } from "../../words/dashboard";
import { countOf, listOf, rowsOf, type Tile, type Tiles } from "./shape";

const SHOWN = 8;
const SHOWN_OTHERS = new Set(["site_id", "assigned_to"]);
const SETS = ["overdue", "due_this_week", "my_work_orders"] as const;

export function Work({ tiles }: { tiles: Tiles }) {
  const kind = useKind("work-orders");
  const sets = SETS.flatMap((name) => (tiles[name] ? [{ name, tile: tiles[name] }] : []));
  const mine = tiles.my_work_orders;
  const [picked, setPicked] = useState<string>(mine && countOf(mine) > 0 ? "my_work_orders" : "overdue");
  const shown = sets.find((set) => set.name === picked) ?? sets[0];
  if (!kind || !shown) return null;
  return (
    <section class="card work" aria-label={words.nav.workOrders}>
      <div class="card-head ruled">
        <h2>{words.nav.workOrders}</h2>
        <div class="segment" role="group" aria-label={dashboardWords.showWhich}>
          {sets.map(({ name, tile }) => (
            <button key={name} type="button" aria-pressed={name === shown.name} onClick={() => setPicked(name)}>
              {dashboardWords.sets[name]} {number(countOf(tile))}
            </button>
          ))}
        </div>
        <div class="end">
          <Link class="more" href={listOf(shown.tile, "sort=due_at")}>
            {dashboardWords.all(number(countOf(shown.tile)))}
            <Icon name="right" />
          </Link>
        </div>
      </div>
      <Rows key={shown.name} kind={kind} tile={shown.tile} empty={dashboardWords.noWork[shown.name]} />
    </section>
  );
}

interface RowsProps {
  kind: Kind;
  tile: Tile;
  empty: string;
  /** The moment that counts: due, or planned. */
  by?: "due_at" | "scheduled_at";
}

export function Rows({ kind, tile, empty, by = "due_at" }: RowsProps) {
  const rows = (rowsOf(tile) ?? []).slice(0, SHOWN);
  if (rows.length === 0) return <p class="muted t13 none-here">{empty}</p>;
  // Rows that came without what they refer to leave its room to their titles.
  const bare = !rows.some((row) => kind.fields.some((f) => SHOWN_OTHERS.has(f.name) && referred(row, f)));
  return (
    <ul class={bare ? "work-rows bare" : "work-rows"}>
      {rows.map((row) => (
        <Order key={row.id} row={row} kind={kind} by={by} />
      ))}
    </ul>
  );
}

function Order({ row, kind, by }: { row: Row; kind: Kind; by: "due_at" | "scheduled_at" }) {
  const [, go] = useLocation();
  const href = `/${kind.name}/${row.id}`;
  const field = (name: string) => kind.fields.find((f) => f.name === name);
  const [site, who, status] = [field("site_id"), field("assigned_to"), field("status")];
  const place = site && referred(row, site);
  const person = who && referred(row, who);
  return (
    // The link is the title; the rest of the row answers to a pointer as well.
    <li onClick={(event) => !(event.target as Element).closest("a") && go(href)}>
      <When at={row[by] as string | null} late={by === "due_at"} />
      <span class="wo">
        <Link href={href} class="cut">
          {titleOf({ ...row, name: row.title })}
        </Link>
        {row.priority === "emergency" && (
          <span class="tone-danger" title={dashboardWords.emergency}>
            <Icon name="octagon" />
            <span class="hidden-visually">{dashboardWords.emergency}</span>
          </span>
        )}
      </span>
      <span class="cut where">{place ? titleOf(place) : ""}</span>
      <span class="who">{person ? <Person name={titleOf(person)} /> : who && row.assigned_to === null ? <Nobody /> : null}</span>
      <span class="how">{status && <State field={status} value={String(row.status)} />}</span>
    </li>
  );
}

function Nobody() {
  return (
    <span class="person muted">
      <span class="avatar nobody" />
      {dashboardWords.nobody}
    </span>
  );
}

/** Today the hour, else the day in words; red once it has passed. */
function When({ at, late: canBeLate }: { at: string | null; late: boolean }) {
  if (!at) return <span class="when" />;
  const day = dayOf(at);
  const days = daysUntil(day);
  const late = canBeLate && Date.parse(at) < Date.now();
  return (
    <time class={late ? "when due-late" : "when"} dateTime={at} title={moment(at)}>
      {days === 0 ? clock(at) : nearDay(day)}
    </time>
  );
}
