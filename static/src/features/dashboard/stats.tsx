/** The figures on top. Each leads to the list that it counts. */
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import { useKind } from "../../kernel/schema";
import { choiceLabel } from "../../ui/value";
import { dashboardWords } from "../../words/dashboard";
import { countOf, listOf, mainSum, round, type Tile, type Tiles } from "./shape";

const say = dashboardWords.stats;

export function Stats({ tiles }: { tiles: Tiles }) {
  const { open_by_status: open, overdue, due_this_week: due, deals_by_stage: deals, won_this_quarter: won } = tiles;
  const { inspections_due: inspections, calibrations_due: calibrations } = tiles;
  return (
    <section class="stats" aria-label={say.label}>
      {open && <OpenStat tile={open} />}
      {overdue && <OverdueStat tile={overdue} open={open} due={due} />}
      {deals && <DealsStat tile={deals} won={won} />}
      {inspections && <EquipmentStat tile={inspections} calibrations={calibrations} />}
    </section>
  );
}

interface StatProps {
  label: string;
  href: string;
  value: string;
  small?: ComponentChildren;
  tone?: string;
  parts: { share: number; look?: string }[];
  note: ComponentChildren;
}

function Stat({ label, href, value, small, tone, parts, note }: StatProps) {
  return (
    <div class="stat">
      <p class="label">{label}</p>
      <p class={tone ? `value ${tone}` : "value"}>
        <Link class="figure" href={href} aria-label={`${label}: ${value}`}>
          {value}
        </Link>{" "}
        {small && <small>{small}</small>}
      </p>
      <div class="parts" aria-hidden="true">
        {parts.map((part, i) => part.share > 0 && <i key={i} class={part.look} style={{ flexGrow: part.share }} />)}
      </div>
      <p class="note">{note}</p>
    </div>
  );
}

const STATUS_LOOKS: Record<string, string> = { in_progress: "part-info", on_hold: "part-warning", assigned: "part-chart" };

function OpenStat({ tile }: { tile: Tile }) {
  const field = useKind(tile.kind)?.fields.find((f) => f.name === "status");
  const groups = tile.summary?.groups ?? [];
  const under = groups.find((group) => group.value === "in_progress");
  const name = (value: unknown) => (field ? choiceLabel(field, String(value)) : String(value)).toLowerCase();
  const rest = groups.filter((group) => group !== under);
  // What is under way stands first in the bar, as it does in the day.
  const order = [...(under ? [under] : []), ...rest.toReversed()];
  return (
    <Stat
      label={say.open}
      href={listOf(tile)}
      value={number(countOf(tile))}
      small={under && <Part href={`/${tile.kind}?status=in_progress`}>{say.groups(number(under.count), name(under.value))}</Part>}
      parts={order.map((group) => ({ share: group.count, look: STATUS_LOOKS[String(group.value)] }))}
      note={<Listed items={rest.map((group) => ({ href: `/${tile.kind}?status=${group.value}`, text: say.groups(number(group.count), name(group.value)) }))} />}
    />
  );
}

function OverdueStat({ tile, open, due }: { tile: Tile; open?: Tile; due?: Tile }) {
  const late = countOf(tile);
  const all = open ? countOf(open) : late;
  return (
    <Stat
      label={say.overdue}
      href={listOf(tile, "sort=due_at")}
      value={number(late)}
      tone={late > 0 ? "tone-danger" : undefined}
      small={open && say.of(number(all))}
      parts={[{ share: late, look: "part-danger" }, { share: Math.max(all - late, late ? 0 : 1) }]}
      note={due ? <Part href={listOf(due, "sort=due_at")}>{say.due(countOf(due))}</Part> : say.late}
    />
  );
}

/** The further a deal has come, the darker its part of the bar. */
const DEAL_LOOKS = ["part-pale", "part-pale", "part-chart", "part-chart"];

function DealsStat({ tile, won }: { tile: Tile; won?: Tile }) {
  const sum = mainSum(tile.summary?.sum);
  const groups = tile.summary?.groups ?? [];
  const quarter = mainSum(won?.summary?.sum);
  const note = won ? <Part href={listOf(won)}>{say.won(round(quarter.minor, quarter.currency))}</Part> : say.deals(countOf(tile));
  return (
    <Stat
      label={say.openDeals}
      href={listOf(tile)}
      value={round(sum.minor, sum.currency)}
      small={say.deals(countOf(tile))}
      parts={groups.toReversed().map((group, i) => ({ share: group.sum?.[sum.currency] ?? 0, look: DEAL_LOOKS[groups.length - 1 - i] ?? "part-chart" }))}
      note={
        <>
          {note}
          {sum.others > 0 && `, ${say.otherCurrencies(sum.others)}`}
        </>
      }
    />
  );
}

function EquipmentStat({ tile, calibrations }: { tile: Tile; calibrations?: Tile }) {
  const count = countOf(tile);
  const others = calibrations ? countOf(calibrations) : 0;
  return (
    <Stat
      label={say.equipment}
      href={listOf(tile, "sort=inspection_due")}
      value={number(count)}
      small={say.inspections(count)}
      parts={[{ share: count, look: "part-chart" }, { share: others || (count ? 0 : 1) }]}
      note={calibrations ? <Part href={listOf(calibrations, "sort=calibration_due")}>{say.calibrations(others, number(others))}</Part> : ""}
    />
  );
}

function Part({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <Link class="plain" href={href}>
      {children}
    </Link>
  );
}

function Listed({ items }: { items: { href: string; text: string }[] }) {
  return (
    <>
      {items.map((item, i) => (
        <span key={item.href}>
          {i > 0 && ", "}
          <Part href={item.href}>{item.text}</Part>
        </span>
      ))}
    </>
  );
}
