/** Conditions in words, and which conditions a field can have. */
import { day, money, number } from "../../kernel/format";
import type { Field } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { choiceLabel } from "../../ui/value";
import { words } from "../../words";
import type { Op, Term } from "./filters";

const { ops } = words.list;

/** An entry of the editor's second list: `null` counts twice, as empty and as filled in. */
export type Ask = Op | "notNull";

const TEXT = new Set(["text", "long_text", "email", "phone", "url", "kind", "currency"]);
const AMOUNT = new Set(["money", "int", "real"]);

/** The conditions that make sense for a field, the likeliest first. */
export function asksFor(field: Field): Ask[] {
  const empty: Ask[] = field.required ? [] : ["null", "notNull"];
  if (field.choices?.length) return ["in", "ne", ...empty];
  if (field.type === "reference") return ["eq", "ne", ...empty];
  if (field.type === "bool") return ["eq"];
  if (field.type === "date") return ["lt", "gte", "eq", ...empty];
  if (field.type === "time") return ["lt", "gte", ...empty];
  if (AMOUNT.has(field.type)) return ["gte", "lte", "eq", ...empty];
  return ["contains", "eq", ...empty];
}

export const askOf = (term: Term): Ask => (term.op === "null" && term.value === "false" ? "notNull" : term.op);

export function askLabel(field: Field, ask: Ask): string {
  if (AMOUNT.has(field.type)) {
    const said = { lt: ops.under, lte: ops.most, gt: ops.over, gte: ops.least }[ask as string];
    if (said) return said;
  }
  if (field.type === "date" || field.type === "time") {
    const said = { eq: ops.on, gt: ops.after, lte: ops.upTo }[ask as string];
    if (said) return said;
  }
  return ops[ask as keyof typeof ops];
}

/** The condition without its value. */
export function saysOf(field: Field, term: Term): string {
  const ask = askOf(term);
  // One of one is simply that one.
  return askLabel(field, ask === "in" && !term.value.includes(",") ? "eq" : ask);
}

/** `today+7` as people say it. */
export function relative(value: string): string | null {
  const known = words.list.days[value];
  if (known) return known;
  const [, days] = /^today([+-]\d+)$/.exec(value) ?? [];
  return days ? words.list.inDays(Number(days)) : null;
}

/** The value; of a reference null, as its title has to be looked up. */
export function valueSaid(field: Field, { op, value }: Term): string | null {
  if (op === "null") return "";
  if (field.choices?.length) return value.split(",").map((one) => choiceLabel(field, one)).join(", ");
  switch (field.type) {
    case "reference":
      return value === "me" ? words.list.me : null;
    case "bool":
      return value === "true" ? words.yes : words.no;
    case "date":
    case "time":
      return relative(value) ?? (Number.isNaN(Date.parse(value)) ? value : day(value));
    case "money":
      return money(Number(value), getTenant().currency, true);
    case "int":
    case "real":
      return number(Number(value));
    default:
      return value;
  }
}

export const isText = (field: Field): boolean => TEXT.has(field.type) && !field.choices?.length;
