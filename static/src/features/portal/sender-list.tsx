/** All accounts: searched, sifted and sorted here, for they are all at hand. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { number } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { usePhone } from "../../ui/phone";
import { Empty } from "../../ui/state";
import { portalWords as words } from "../../words/portal";
import { SenderRows } from "./sender-rows";
import { type Account, type Asked, askedOf, searchOf, type SortName, SORTS, shownOf } from "./senders";

const w = words.infrastructure;
const TYPED_MS = 120;

export function SenderList({ accounts }: { accounts: Account[] }) {
  const [at, go] = useLocation();
  const search = useSearch();
  const asked = useMemo(() => askedOf(search), [search]);
  const phone = usePhone();
  const shown = useMemo(() => shownOf(accounts, asked), [accounts, asked]);
  const move = (changes: Partial<Asked>) => {
    const next = searchOf({ ...asked, ...changes });
    go(next ? `${at}?${next}` : at, { replace: true });
  };
  const statuses = useMemo(() => counted(accounts, (account) => account.status), [accounts]);
  const workspaces = useMemo(() => counted(accounts, (account) => account.workspace_id, (account) => account.workspace), [accounts]);
  const narrowed = asked.q !== "" || asked.status !== "" || asked.workspace !== "";
  return (
    <section class="card pt-card pt-senders">
      <div class="pt-tools" role="search">
        <Search q={asked.q} onSearch={(q) => move({ q })} />
        <Choice label={w.status} all={w.anyStatus} value={asked.status} options={statuses} onChange={(status) => move({ status })} />
        <Choice label={words.workspace} all={w.anyWorkspace} value={asked.workspace} options={workspaces} onChange={(workspace) => move({ workspace })} />
        {phone && <Order asked={asked} onChange={move} />}
        <span class="end muted t12 nowrap" role="status">{narrowed ? w.shownOf(number(shown.length), number(accounts.length)) : w.shown(number(accounts.length))}</span>
      </div>
      {shown.length === 0 ? (
        <Empty icon="search" title={accounts.length === 0 ? w.none : w.noneFit} actions={narrowed && <Button onClick={() => move({ q: "", status: "", workspace: "" })}>{w.clear}</Button>}>
          {accounts.length === 0 ? w.noneHow : w.noneFitHow}
        </Empty>
      ) : (
        <SenderRows accounts={shown} asked={asked} phone={phone} onSort={(sort, down) => move({ sort, down })} />
      )}
    </section>
  );
}

interface Option {
  value: string;
  label: string;
  count: number;
}

function counted(accounts: Account[], valueOf: (account: Account) => string, labelOf = valueOf): Option[] {
  const found = new Map<string, Option>();
  for (const account of accounts) {
    const value = valueOf(account);
    const option = found.get(value);
    if (option) option.count++;
    else found.set(value, { value, label: labelOf(account), count: 1 });
  }
  return [...found.values()].sort((a, b) => a.label.localeCompare(b.label));
}

function Search({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => onSearch(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="pt-search">
      <Icon name="search" />
      <input
        type="search"
        data-search
        value={text}
        placeholder={w.search}
        aria-label={w.search}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (text) setText("");
          else event.currentTarget.blur();
        }}
      />
    </label>
  );
}

function Choice({ label, all, value, options, onChange }: { label: string; all: string; value: string; options: Option[]; onChange: (value: string) => void }) {
  return (
    <select class="input small" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {`${option.label} (${number(option.count)})`}
        </option>
      ))}
    </select>
  );
}

/** On a phone there are no heads to press. */
function Order({ asked, onChange }: { asked: Asked; onChange: (changes: Partial<Asked>) => void }) {
  const name = (sort: SortName, down: boolean) => `${down ? "-" : ""}${sort}`;
  return (
    <select class="input small" aria-label={w.order} value={name(asked.sort, asked.down)} onChange={(event) => onChange({ sort: event.currentTarget.value.replace(/^-/, "") as SortName, down: event.currentTarget.value.startsWith("-") })}>
      {SORTS.flatMap((sort) => [false, true].map((down) => (
        <option key={name(sort, down)} value={name(sort, down)}>
          {w.orders(w.columns[sort], down)}
        </option>
      )))}
    </select>
  );
}
