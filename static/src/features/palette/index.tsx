/** The palette: any record, screen or action from the keyboard. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { iconOf } from "../../kernel/kinds";
import { usePart } from "../../kernel/pages";
import { recentsPart } from "../../kernel/recents";
import { useSchema } from "../../kernel/schema";
import { useLate } from "../../ui/edit/reference";
import { Icon } from "../../ui/icon";
import { useModal } from "../../ui/modal";
import { words } from "../../words";
import { about, actions, type Places, screens } from "./commands";
import type { Group, Item } from "./items";
import { score } from "./marked";
import { Line } from "./line";
import { search, searchable } from "./search";
import "./style.css";

const WAIT_MS = 70;
const LEAST = 2;
const say = words.palette;

interface Props extends Places {
  onClose: () => void;
}

export default function Palette({ onClose, ...places }: Props) {
  const schema = useSchema();
  const kinds = schema?.kinds ?? [];
  const [at, go] = useLocation();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const dialog = useModal();
  const list = useId();

  const onlyActions = typed.startsWith(">");
  const text = typed.replace(/^>/, "").trim();
  const asked = useLate(onlyActions ? "" : text, WAIT_MS);
  const found = useQuery({
    queryKey: ["search", "search", asked.toLowerCase()],
    queryFn: ({ signal }) => search(asked, searchable(kinds), signal),
    enabled: asked.length >= LEAST && kinds.length > 0,
    staleTime: 10_000,
    // The last results stay until the next are there, as far as they still fit.
    placeholderData: (before) => before,
  });
  const recents = usePart(recentsPart).data ?? [];
  const commands = useMemo(() => ({ does: actions(kinds, places), goes: screens(kinds, places) }), [schema]);

  const groups: Group[] = [];
  const add = (title: string, items: Item[]) => items.length > 0 && groups.push({ title, items });
  if (!text) {
    const seen = recents.map((recent): Item => ({
      id: `${recent.kind}/${recent.id}`,
      icon: iconOf(recent.kind),
      title: recent.title,
      end: say.kind(kinds.find((kind) => kind.name === recent.kind)?.one ?? ""),
      href: `/${recent.kind}/${recent.id}`,
    }));
    if (!onlyActions) add(say.recent, seen.slice(0, 6));
    add(say.actions, onlyActions ? commands.does : commands.does.slice(0, 3));
    if (!onlyActions) add(say.screens, commands.goes);
  } else {
    const fitting = (items: Item[]) => items.filter((item) => score(item.title, text) >= 2);
    // What is known at once stands first, so that nothing moves under the Enter key when records arrive.
    add(say.actions, fitting(commands.does));
    if (!onlyActions) {
      add(say.screens, fitting(commands.goes));
      const old = found.isPlaceholderData || asked !== text;
      const records = text.length >= LEAST ? (found.data?.items ?? []).filter((item) => !old || score(`${item.title} ${item.sub ?? ""}`, text) > 0) : [];
      add(say.records, records);
      add(say.with, about(records[0], kinds, at));
      const more = old ? [] : (found.data?.more ?? []);
      add(words.search, more.map((kind) => ({ id: `more/${kind.name}`, icon: "search", title: say.all(kind.many, text), href: `/${kind.name}?q=${encodeURIComponent(text)}` })));
    }
  }
  const items = groups.flatMap((group) => group.items);
  const on = items.find((item) => item.id === chosen) ?? items[0];
  const waiting = text.length >= LEAST && (found.isFetching || asked !== text);

  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [on?.id]);

  const pick = (item: Item | undefined, apart = false) => {
    if (!item) return;
    if (item.href && apart) {
      open(item.href, "_blank", "noopener");
      return;
    }
    onClose();
    if (item.href) go(item.href);
    else item.run?.();
  };
  const step = (by: number) => {
    const next = items[(items.indexOf(on as Item) + by + items.length) % items.length];
    if (next) setChosen(next.id);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter") pick(on, event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={say.label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div class="palette-box">
        <div class="ask">
          <Icon name="search" />
          <input
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setChosen(null);
            }}
            onKeyDown={press}
            placeholder={say.placeholder}
            aria-label={say.label}
            role="combobox"
            aria-expanded={items.length > 0}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={on ? `${list}-${items.indexOf(on)}` : undefined}
            autocomplete="off"
            spellcheck={false}
            enterkeyhint="go"
          />
          {waiting && <span class="palette-wait t12 muted">{say.waiting}</span>}
          <button type="button" class="palette-close" onClick={onClose}>
            <kbd>Esc</kbd>
            <span class="phone">{words.close}</span>
          </button>
        </div>
        <div class="hits" id={list} role="listbox" aria-label={say.results}>
          {groups.map((group) => (
            <div key={group.title} class="group" role="group" aria-label={group.title}>
              <p aria-hidden="true">{group.title}</p>
              {group.items.map((item) => (
                <Line key={item.id} item={item} typed={text} id={`${list}-${items.indexOf(item)}`} selected={item === on} onPoint={() => setChosen(item.id)} onPick={(apart) => pick(item, apart)} />
              ))}
            </div>
          ))}
        </div>
        {items.length === 0 && <p class="palette-nothing muted">{waiting ? words.loading : found.error ? found.error.message : say.nothing(text)}</p>}
        <p class="hidden-visually" role="status">
          {text && !waiting ? say.count(items.length) : ""}
        </p>
        <Foot />
      </div>
    </dialog>
  );
}

function Foot() {
  return (
    <div class="palette-keys" aria-hidden="true">
      <span>
        <kbd>↑</kbd>
        <kbd>↓</kbd> {say.move}
      </span>
      <span>
        <kbd>Enter</kbd> {say.open}
      </span>
      <span>
        <kbd>Ctrl Enter</kbd> {say.newTab}
      </span>
      <span class="end">
        {say.type} <kbd>&gt;</kbd> {say.onlyActions}
      </span>
    </div>
  );
}
