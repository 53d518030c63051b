/** The filters of a board as chips: whose, by when, how urgent, and what else the address holds. */
import type { ComponentChildren } from "preact";
import { useLocation, useSearch } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { humane } from "../../kernel/format";
import { type Field, fieldOf, type Kind } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { choiceLabel } from "../../ui/value";
import { boardWords } from "../../words/board";
import type { BoardFields } from "./faces";
import { changedSearch, filtersIn, SINCE, sinceIn, WITHIN, type Within, withinChanges, withinIn } from "./filters";

const text = boardWords.filter;

type Change = (changes: Record<string, string | null>) => void;

interface Props {
  kind: Kind;
  fields: BoardFields;
  users: Row[];
  children: ComponentChildren;
}

export function FilterBar({ kind, fields, users, children }: Props) {
  const search = useSearch();
  const [path, go] = useLocation();
  const filters = filtersIn(search, kind);
  const change: Change = (changes) => {
    const query = changedSearch(search, changes);
    go(query ? `${path}?${query}` : path, { replace: true });
  };
  const person = fields.people.find((field) => field.kind === "users" && field.filterable !== false);
  const date = fields.date?.filterable === false ? undefined : fields.date;
  const priority = fields.priority?.choices && fields.priority.filterable !== false ? fields.priority : undefined;
  const shown = [person?.name, `${person?.name}[null]`, priority?.name, ...["gte", "lt", "null"].map((op) => `${date?.name}[${op}]`)];
  const others = [...filters].filter(([name]) => !shown.includes(name) || (name === date?.name));
  return (
    <div class="bar board-bar" role="group" aria-label={text.label}>
      {person && kind.rights.read !== "own" && <PersonChip field={person} users={users} filters={filters} change={change} />}
      {date && <DateChip field={date} filters={filters} change={change} />}
      {priority && <ChoiceChip field={priority} filters={filters} change={change} />}
      {fields.ended && (
        <Chip
          label={text.finishedLabel}
          value={text.since[sinceIn(search)]}
          items={SINCE.map((since) => ({
            label: text.since[since],
            picked: since === sinceIn(search),
            onPick: () => change({ since: since === "month" ? null : since }),
          }))}
        />
      )}
      {others.map(([name, value]) => (
        <span key={`${name}${value}`} class="filter">
          <span>
            {otherLabel(kind, name)} {name !== "filter" && <b>{otherValue(kind, name, value)}</b>}
          </span>
          <Remove label={otherLabel(kind, name)} onRemove={() => change({ [name]: null })} />
        </span>
      ))}
      <div class="end t13">{children}</div>
    </div>
  );
}

interface ChipProps {
  label: string;
  value: string;
  items: MenuItem[];
  /** Given while it filters: takes it away. */
  onRemove?: () => void;
}

function Chip({ label, value, items, onRemove }: ChipProps) {
  return (
    <span class="filter">
      <Menu
        label={label}
        items={items}
        button={(open) => (
          <button type="button" class="filter-pick" {...open}>
            {label} <b>{value}</b>
            <Icon name="down" />
          </button>
        )}
      />
      {onRemove && <Remove label={label} onRemove={onRemove} />}
    </span>
  );
}

function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" aria-label={text.remove(label)} onClick={onRemove}>
      <Icon name="x" />
    </button>
  );
}

interface OneProps {
  field: Field;
  filters: URLSearchParams;
  change: Change;
}

function PersonChip({ field, users, filters, change }: OneProps & { users: Row[] }) {
  const me = session.value?.user.id ?? "";
  const now = filters.get(field.name);
  const nobody = filters.get(`${field.name}[null]`) === "true";
  const pick = (id: string | null, none = false) => change({ [field.name]: id, [`${field.name}[null]`]: none ? "true" : null });
  const staff = users.filter((user) => user.id !== me && user.role !== "client");
  const name = now === me ? text.me : (users.find((user) => user.id === now)?.name ?? now);
  return (
    <Chip
      label={text.is(field.label)}
      value={nobody ? text.nobody : now ? String(name) : text.anyone}
      onRemove={now || nobody ? () => pick(null) : undefined}
      items={[
        { label: humane(text.anyone), picked: !now && !nobody, onPick: () => pick(null) },
        { label: humane(text.me), picked: now === me, onPick: () => pick(me) },
        { label: humane(text.nobody), picked: nobody, onPick: () => pick(null, true) },
        ...staff.map((user) => ({ label: String(user.name), picked: now === user.id, onPick: () => pick(user.id) })),
      ]}
    />
  );
}

const TIMES: Within[] = [...(Object.keys(WITHIN) as Within[]), "none"];

function DateChip({ field, filters, change }: OneProps) {
  const now = withinIn(filters, field.name);
  const pick = (within: Within | null) => change(withinChanges(field.name, within));
  const own = ["gte", "lt"].map((op) => filters.get(`${field.name}[${op}]`)).filter(Boolean);
  return (
    <Chip
      label={field.label}
      value={now ? text.within[now] : own.length ? own.join(" – ") : text.anyTime}
      onRemove={now || own.length ? () => pick(null) : undefined}
      items={[
        { label: humane(text.anyTime), picked: !now && !own.length, onPick: () => pick(null) },
        ...TIMES.map((within) => ({ label: humane(text.within[within]), picked: within === now, onPick: () => pick(within) })),
      ]}
    />
  );
}

function ChoiceChip({ field, filters, change }: OneProps) {
  const now = filters.get(field.name);
  return (
    <Chip
      label={text.is(field.label)}
      value={now ? choiceLabel(field, now).toLowerCase() : text.any}
      onRemove={now ? () => change({ [field.name]: null }) : undefined}
      items={[
        { label: humane(text.any), picked: !now, onPick: () => change({ [field.name]: null }) },
        ...(field.choices ?? []).map((choice) => ({
          label: choiceLabel(field, choice.name),
          picked: now === choice.name,
          onPick: () => change({ [field.name]: choice.name }),
        })),
      ]}
    />
  );
}

const OPERATORS: Record<string, string> = { gte: "≥", gt: ">", lte: "≤", lt: "<", ne: "≠" };

function otherLabel(kind: Kind, name: string): string {
  if (name === "q") return text.search;
  if (name === "filter") return text.other;
  const [, base = name, rest = ""] = name.match(/^([\w-]+)(.*)$/) ?? [];
  const field = fieldOf(kind, base) ?? kind.fields.find((other) => other.expands_as === base);
  const operator = rest.match(/\[(\w+)\]/)?.[1] ?? "";
  return `${field?.label ?? humane(base)} ${OPERATORS[operator] ?? ""}`.trim();
}

function otherValue(kind: Kind, name: string, value: string): string {
  const field = fieldOf(kind, name.match(/^[\w-]+/)?.[0] ?? name);
  if (!field?.choices) return value;
  return value.split(",").map((one) => choiceLabel(field, one)).join(", ");
}
