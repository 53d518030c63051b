/** A record on the board. */
import { Link, useLocation } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { clock, day, dayOf, daysUntil, money, monthName, nearDay, today } from "../../kernel/format";
import type { Field, Kind } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { State } from "../../ui/value";
import { boardWords } from "../../words/board";
import { type BoardFields, linesOf, personOf } from "./faces";
import { isSettled } from "./filters";

interface Props {
  row: Row;
  kind: Kind;
  fields: BoardFields;
  value: string;
  label: (value: string) => string;
  targets: string[];
  onMove: (row: Row, to: string) => void;
  onPress?: (event: PointerEvent, row: Row) => void;
  ghost: boolean;
}

export function Card({ row, kind, fields, value, label, targets, onMove, onPress, ghost }: Props) {
  const [, go] = useLocation();
  const { title, under } = linesOf(row, fields);
  const person = personOf(row, fields);
  const settled = isSettled(fields.state, value);
  const href = `/${kind.name}/${row.id}`;
  const worth = fields.money ? row[fields.money.name] : null;
  const currency = String(row[fields.money?.currency_field ?? "currency"] ?? getTenant().currency);
  const late = lateBy(row, fields.date, settled);
  return (
    <li class={ghost ? "deal ghost" : "deal"} data-card={row.id} onPointerDown={onPress && targets.length ? (event) => onPress(event, row) : undefined}>
      <p class="co">
        <Link href={href} draggable={false} aria-describedby="board-keys">
          {title}
        </Link>
      </p>
      {under && <p class="prod">{under}</p>}
      <p class="foot">
        {typeof worth === "number" && <b>{money(worth, currency, true)}</b>}
        {fields.priority && !settled && row[fields.priority.name] != null && row[fields.priority.name] !== "normal" && (
          <State field={fields.priority} value={String(row[fields.priority.name])} />
        )}
        <When row={row} fields={fields} value={value} label={label} late={late > 0} />
        {person && (
          <span class="who" title={person}>
            <Avatar name={person} />
            <span class="hidden-visually">{person}</span>
          </span>
        )}
      </p>
      {late > 0 && fields.money && (
        <p class="stale">
          <Icon name="clock" />
          {boardWords.late(late)}
        </p>
      )}
      <span class="card-menu" data-no-drag>
        <Menu
          label={boardWords.actions(title)}
          items={[
            ...targets.map((to) => ({ label: boardWords.moveTo(label(to)), icon: "right", onPick: () => onMove(row, to) })),
            { label: boardWords.open, icon: "open", onPick: () => go(href) },
          ]}
          button={(open) => <Button look="quiet" small icon="dots" label={boardWords.actions(title)} tabIndex={-1} {...open} />}
        />
      </span>
    </li>
  );
}

/** Days since something was to happen, where that still matters. */
function lateBy(row: Row, field: Field | undefined, settled: boolean): number {
  const value = field && row[field.name];
  return value && !settled ? Math.max(0, -daysUntil(dayIn(field, row))) : 0;
}

const NEAR_DAYS = 45;

interface WhenProps {
  row: Row;
  fields: BoardFields;
  value: string;
  label: (value: string) => string;
  late: boolean;
}

/** When it ended, or else when it is due; a late deal has a line of its own for that. */
function When({ row, fields, value, label, late }: WhenProps) {
  const { date, ended, money: worth } = fields;
  const settled = isSettled(fields.state, value);
  if (settled && ended && row[ended.name] != null) {
    const on = dayIn(ended, row);
    return (
      <time class="cut" dateTime={on} title={day(on)}>
        {worth ? boardWords.ended(label(value), shortDay(on)) : shortDay(on)}
      </time>
    );
  }
  if (!date || row[date.name] == null || (late && worth)) return null;
  const on = dayIn(date, row);
  const days = daysUntil(on);
  const tone = settled ? undefined : days < 0 ? "due-late" : days === 0 ? "due-soon" : undefined;
  const exact = date.type === "time" && Math.abs(days) <= 7;
  return (
    <time class={tone} dateTime={on} title={day(on)}>
      {!exact ? shortDay(on) : days === 0 ? clock(String(row[date.name])) : nearDay(on)}
    </time>
  );
}

const dayIn = (field: Field, row: Row): string => (field.type === "time" ? dayOf(String(row[field.name])) : String(row[field.name]));

/** A day of this year that is near, else the month. */
function shortDay(on: string): string {
  const near = Math.abs(daysUntil(on)) < NEAR_DAYS && on.slice(0, 4) === today().slice(0, 4);
  return near ? day(on) : monthName(on, "short");
}
