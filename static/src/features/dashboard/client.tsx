/** A customer's dashboard: own equipment, open work, certificates that run out. */
import { Link } from "wouter-preact";
import { day, humane, nearDay, number } from "../../kernel/format";
import { useKind } from "../../kernel/schema";
import { ChartCard } from "../../ui/chart/card";
import { Levels } from "../../ui/chart/levels";
import { choiceLabel, titleOf } from "../../ui/value";
import { dashboardWords } from "../../words/dashboard";
import { Set } from "./field";
import { rowsOf, type Tile, type Tiles } from "./shape";

const say = dashboardWords.client;

export function Client({ tiles }: { tiles: Tiles }) {
  const { open_work_orders: open, equipment_by_status: equipment, certificates_expiring: certificates } = tiles;
  return (
    <div class="row2">
      {open && <Set title={say.open} tile={open} empty={say.noOpen} />}
      <div class="stack gap-4">
        {equipment && <Equipment tile={equipment} />}
        {certificates && <Certificates tile={certificates} />}
      </div>
    </div>
  );
}

function Equipment({ tile }: { tile: Tile }) {
  const field = useKind(tile.kind)?.fields.find((f) => f.name === "status");
  const points = (tile.summary?.groups ?? []).map((group) => ({
    key: String(group.value),
    label: group.label ?? (field ? choiceLabel(field, String(group.value)) : humane(String(group.value))),
    value: group.count,
    text: number(group.count),
    href: `/${tile.kind}?status=${group.value}`,
  }));
  return (
    <ChartCard title={say.equipment} points={points} columns={[say.state, say.pieces]} empty={say.noEquipment}>
      <Levels label={say.equipment} points={points} />
    </ChartCard>
  );
}

function Certificates({ tile }: { tile: Tile }) {
  const rows = rowsOf(tile) ?? [];
  return (
    <section class="card" aria-label={say.certificates}>
      <div class="card-head ruled">
        <h2>{say.certificates}</h2>
      </div>
      {rows.length === 0 ? (
        <p class="muted t13 none-here">{say.noCertificates}</p>
      ) : (
        <ul class="rows">
          {rows.map((row) => (
            <li key={row.id}>
              <Link class="grow plain" href={`/${tile.kind}/${row.id}`}>
                {titleOf(row)}
              </Link>
              <time class="when" dateTime={String(row.valid_until)} title={day(String(row.valid_until))}>
                {nearDay(String(row.valid_until))}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
