/** Finds another record by typing a part of its name. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { get, type Page, type Row } from "../../kernel/api";
import { client, keys } from "../../kernel/query";
import { useKind } from "../../kernel/schema";
import { words } from "../../words";
import { Floating } from "../menu";
import { referred, titleOf } from "../value";
import type { InputProps } from "./input";

const WAIT_MS = 150;
const SHOWN = 12;

export function ReferencePicker({ field, id, value, row, onChange, small, autofocus, invalid, describedBy, disabled }: InputProps & { value: string | null }) {
  const kind = useKind(field.kind ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [picked, setPicked] = useState<Row | null>(null);
  const root = useRef<HTMLSpanElement>(null);
  const list = useId();
  const wanted = useLate(typed ?? "", WAIT_MS);
  const title = kind?.title ?? "name";
  const query = new URLSearchParams({ fields: `id,version,${title}`, limit: String(SHOWN), ...(wanted ? { q: wanted } : { sort: "-created_at" }) }).toString();
  const found = useQuery({
    queryKey: keys.rows(field.kind ?? "", query),
    queryFn: ({ signal }) => get<Page>(`${field.kind}?${query}`, signal),
    enabled: typed !== null && kind !== undefined,
  });
  const held = row ? referred(row, field) : null;
  const known = [picked, held].find((other) => other?.id === value) ?? null;
  const named = useQuery({
    queryKey: [...keys.record(field.kind ?? "", value ?? ""), "title"],
    queryFn: ({ signal }) => get<Row>(`${field.kind}/${value}?fields=id,version,${title}`, signal),
    enabled: value !== null && !known && kind !== undefined,
  });
  const shown = value ? titleOf(known ?? named.data) : "";
  const rows = found.data?.data ?? [];
  const pick = (other: Row | null) => {
    setPicked(other);
    setTyped(null);
    if (other) client.setQueryData([...keys.record(field.kind ?? "", other.id), "title"], other);
    onChange(other?.id ?? null);
  };
  return (
    <span class="reference" ref={root}>
      <input
        id={id}
        class={small ? "input small" : "input"}
        role="combobox"
        aria-label={id ? undefined : field.label}
        aria-expanded={typed !== null}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={typed !== null && rows[at] ? `${list}-${at}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autocomplete="off"
        disabled={disabled}
        autofocus={autofocus}
        placeholder={words.form.searchFor(kind?.many ?? "")}
        value={typed ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
          if (event.currentTarget.value === "") onChange(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            if (typed === null) setTyped("");
            else setAt(Math.min(at + 1, rows.length - 1));
          } else if (event.key === "ArrowUp") {
            event.preventDefault();
            setAt(Math.max(at - 1, 0));
          } else if (event.key === "Enter" && typed !== null) {
            event.preventDefault();
            if (rows[at]) pick(rows[at]);
          } else if (event.key === "Escape" && typed !== null) {
            event.stopPropagation();
            setTyped(null);
          }
        }}
        onClick={() => typed === null && setTyped("")}
        onBlur={() => setTimeout(() => setTyped(null), 150)}
      />
      {typed !== null && (
        <Floating anchor={root.current} onClose={() => setTyped(null)} still>
          <ul class="menu" role="listbox" id={list} aria-label={field.label}>
            {rows.map((other, i) => (
              <li key={other.id} id={`${list}-${i}`} role="option" aria-selected={i === at}>
                <button type="button" tabIndex={-1} class={i === at ? "at" : undefined} onPointerDown={(event) => event.preventDefault()} onClick={() => pick(other)}>
                  <span class="grow">{titleOf(other)}</span>
                </button>
              </li>
            ))}
          </ul>
          {rows.length === 0 && <p class="muted t13 pad">{found.isFetching ? words.loading : words.form.nothing}</p>}
        </Floating>
      )}
    </span>
  );
}

/** A value that follows once it has rested. */
export function useLate<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}
