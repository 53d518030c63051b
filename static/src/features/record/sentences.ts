/** A record's history in words: what was set to what, without what merely followed from it. */
import type { Row } from "../../kernel/api";
import { day, minutes, moment, money, number } from "../../kernel/format";
import { type Field, fieldsOf, type Kind } from "../../kernel/schema";
import type { Step } from "../../ui/edit/steps";
import { getTenant } from "../../kernel/session";
import { choiceLabel, titleOf } from "../../ui/value";
import { words } from "../../words";
import type { Entry } from "./api";

export interface Said {
  verb: string;
  /** The field's label, or the text of a step. */
  what: string;
  to?: string;
  /** Of a state that was reached: for its picture. */
  state?: string;
}

type Change = [unknown, unknown];
/** The name of what a reference names, when it is known. */
export type Naming = (field: Field, id: string) => string | null;

/** Longer texts are named, not repeated. */
const REPEATED = 80;
/** Moments that follow from reaching a state are not said beside it. */
const STAMP_MS = 2000;
const FEW_TICKS = 3;

export function saidOf(kind: Kind, entry: Entry, naming: Naming): Said[] {
  const changes = flat(entry.changes);
  const state = kind.states?.field;
  return fieldsOf(kind).flatMap((field) => {
    const change = changes[field.own ? `custom.${field.name}` : field.name];
    if (!change || same(change) || (state && state in changes && isStamp(field, change, entry))) return [];
    if (field.name === "checklist") return counted(ofSteps(change));
    const [, now] = change;
    if (now === null || now === undefined || now === "") return [{ verb: words.record.emptied, what: field.label }];
    const to = textOf(field, now, changes, naming);
    if (to === null) return [{ verb: words.record.changed, what: field.label }];
    return [{ verb: words.record.set, what: field.label, to, state: field.type === "choice" ? String(now) : undefined }];
  });
}

/** The tenant's own fields as `custom.x`, beside the others. */
function flat(changes: Entry["changes"]): Record<string, Change> {
  if (!changes) return {};
  const { custom, ...rest } = changes;
  if (!custom) return rest;
  const [was, now] = custom.map((one) => (one ?? {}) as Row) as [Row, Row];
  for (const name of new Set([...Object.keys(was), ...Object.keys(now)])) {
    rest[`custom.${name}`] = [was[name] ?? null, now[name] ?? null];
  }
  return rest;
}

const same = ([was, now]: Change): boolean => JSON.stringify(was ?? null) === JSON.stringify(now ?? null);

function isStamp(field: Field, [, now]: Change, entry: Entry): boolean {
  if (field.type !== "time" && field.type !== "date") return false;
  if (now === null) return true;
  return field.type === "date"
    ? String(now) === entry.at.slice(0, 10)
    : Math.abs(Date.parse(String(now)) - Date.parse(entry.at)) < STAMP_MS;
}

function ofSteps([was, now]: Change): Said[] {
  const before = (was as Step[] | null) ?? [];
  const after = (now as Step[] | null) ?? [];
  const old = (text: string) => before.find((step) => step.text === text);
  const said: Said[] = [];
  for (const step of after) {
    const known = old(step.text);
    if (!known && before.length) said.push({ verb: words.record.addedStep, what: step.text });
    else if (known && !known.done && step.done) said.push({ verb: words.record.ticked, what: step.text });
    else if (known?.done && !step.done) said.push({ verb: words.record.unticked, what: step.text });
  }
  for (const step of before) {
    if (!after.some((one) => one.text === step.text)) said.push({ verb: words.record.droppedStep, what: step.text });
  }
  return said.length ? said : [{ verb: words.record.changed, what: words.record.checklist }];
}

/** Many ticks at once are counted, not listed. */
function counted(said: Said[]): Said[] {
  const ticked = said.filter((one) => one.verb === words.record.ticked);
  if (ticked.length < FEW_TICKS) return said;
  return [{ verb: words.record.ticked, what: words.record.steps(ticked.length) }, ...said.filter((one) => !ticked.includes(one))];
}

/** A value in a sentence; null when it is better not repeated. */
export function textOf(field: Field, value: unknown, beside: Record<string, unknown>, naming: Naming): string | null {
  const text = String(value);
  switch (field.type) {
    case "choice":
      return choiceLabel(field, text);
    case "reference":
      return naming(field, text);
    case "bool":
      return value ? words.yes : words.no;
    case "money": {
      const currency = beside[field.currency_field ?? "currency"];
      return money(Number(value), String((Array.isArray(currency) ? currency[1] : currency) ?? getTenant().currency), true);
    }
    case "int":
    case "real":
      return field.name === "minutes" ? minutes(Number(value)) : number(Number(value));
    case "date":
      return day(text);
    case "time":
      return moment(text);
    case "json":
      return null;
    default:
      return field.protected || text.length > REPEATED || text.includes("\n") ? null : text;
  }
}

/** The names of what the record refers to now; the rest only its own page knows. */
export function namingOf(row: Row, people: (id: unknown) => string | null): Naming {
  return (field, id) => {
    if (field.kind === "users") return people(id);
    const along = [row[`${field.name}.whole`], row[field.expands_as ?? ""]].find((one) => typeof one === "object" && one) as Row | undefined;
    return along?.id === id ? titleOf(along) : null;
  };
}

/** Who did it: a name, somebody whom this person may not see, or Larder by itself. */
export function doerOf(entry: Entry): string {
  return entry.user_name ?? (entry.user_id ? words.record.somebody : words.record.larder);
}

/** The latest entry in which a step was ticked. */
export function tickedBy(history: Entry[], text: string): Entry | undefined {
  return history.find((entry) =>
    saidSteps(entry).some((said) => said.verb === words.record.ticked && said.what === text),
  );
}

function saidSteps(entry: Entry): Said[] {
  const change = entry.changes?.checklist;
  return change ? ofSteps(change) : [];
}
