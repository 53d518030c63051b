/** A field's value as people read it. */
import { clock, day, dayOf, daysUntil, humane, minutes, moment, money, nearDay, number } from "../kernel/format";
import { SETTLED, stateOf } from "../kernel/kinds";
import type { Row } from "../kernel/api";
import type { Field } from "../kernel/schema";
import { getTenant } from "../kernel/session";
import { words } from "../words";
import { Person } from "./avatar";
import { Icon } from "./icon";

interface Props {
  field: Field;
  row: Row;
  /** In a cell of a list: short, one line. */
  short?: boolean;
}

/** What a record has under a field, the tenant's own ones included. */
export function valueOf(row: Row, field: Field): unknown {
  if (!field.own) return row[field.name];
  return (row.custom as Record<string, unknown> | undefined)?.[field.name];
}

/** The record that a reference names, when it was asked for whole or in part. */
export function referred(row: Row, field: Field): Row | null {
  const found = row[`${field.name}.whole`] ?? (field.expands_as ? row[field.expands_as] : null);
  return found && typeof found === "object" ? (found as Row) : null;
}

/** What a record is called. */
export function titleOf(row: Row | null | undefined): string {
  if (!row) return words.empty;
  return String(row.name ?? row.title ?? row.number ?? row.label ?? row.description ?? row.id);
}

export function choiceLabel(field: Field, value: string): string {
  return field.choices?.find((choice) => choice.name === value)?.label ?? humane(value);
}

/** Types that are links where one reads them; where one chooses between two they are words. */
const LINKS = new Set(["email", "phone", "url"]);

/** A value without a way out of the page. */
export function PlainValue({ field, row }: { field: Field; row: Row }) {
  return <Value field={field} row={row} short={LINKS.has(field.type)} />;
}

export function Value({ field, row, short }: Props) {
  const value = valueOf(row, field);
  if (field.type === "reference") {
    const other = referred(row, field);
    if (!other) return <span class="dim">{words.empty}</span>;
    return field.kind === "users" ? <Person name={titleOf(other)} /> : <>{titleOf(other)}</>;
  }
  if (value === null || value === undefined || value === "") return <span class="dim">{words.empty}</span>;
  const text = String(value);
  switch (field.type) {
    case "choice":
      return <State field={field} value={text} />;
    case "bool":
      return <>{value ? words.yes : words.no}</>;
    case "money":
      return <>{money(Number(value), String(row[field.currency_field ?? "currency"] ?? getTenant().currency), short)}</>;
    case "int":
    case "real":
      return <>{field.name === "minutes" ? minutes(Number(value)) : number(Number(value))}</>;
    case "date":
      return <Day value={text} row={row} soon={/due|until|expected/.test(field.name)} short={short} />;
    case "time":
      return <Day value={dayOf(text)} at={text} row={row} soon={/due/.test(field.name)} short={short} />;
    case "email":
      return short ? <>{text}</> : <a class="link" href={`mailto:${text}`}>{text}</a>;
    case "phone":
      return short ? <>{text}</> : <a class="link" href={`tel:${text.replaceAll(/[^+\d]/g, "")}`}>{text}</a>;
    case "url":
      return short ? <>{text}</> : <a class="link" href={text} target="_blank" rel="noreferrer noopener">{text.replace(/^https?:\/\/(www\.)?|\/$/g, "")}</a>;
    case "kind":
      return <>{humane(text)}</>;
    case "json":
      return <span class="dim">{Array.isArray(value) ? number(value.length) : words.more}</span>;
    default:
      return <>{short ? (text.split("\n")[0] ?? text) : text}</>;
  }
}

/** A state: its icon, its word, and a colour only where it is an exception. */
export function State({ field, value }: { field: Field; value: string }) {
  const counts = field.choices?.find((choice) => choice.name === value)?.counts_as;
  const [tone, icon] = stateOf(counts ?? value);
  if (field.name === "priority") {
    return (
      <span class="prio" data-tone={tone === "none" ? undefined : tone}>
        <Icon name={icon} />
        {choiceLabel(field, value)}
      </span>
    );
  }
  return (
    <span class="chip" data-tone={tone === "none" ? undefined : tone}>
      <Icon name={icon} />
      {choiceLabel(field, value)}
    </span>
  );
}

/** A day in words, exact on hover; late or soon only where that means something. */
function Day({ value, at, row, soon, short }: { value: string; at?: string; row: Row; soon: boolean; short?: boolean }) {
  const exact = at ? moment(at) : day(value);
  const days = daysUntil(value);
  const settled = SETTLED.has(String(row.status ?? row.stage ?? ""));
  const urgency = !soon || settled ? undefined : days < 0 ? "due-late" : days <= 1 ? "due-soon" : undefined;
  const near = at && days === 0 ? `${nearDay(value)} ${clock(at)}` : nearDay(value);
  if (!soon && !short) return <time dateTime={at ?? value}>{exact}</time>;
  return (
    <time dateTime={at ?? value} title={exact} class={urgency}>
      {near}
      {!short && days !== 0 && `, ${exact}`}
    </time>
  );
}
