/** How far the server is with a file. */
import type { ComponentChildren } from "preact";
import { number } from "../../kernel/format";
import { kindOf } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import type { Import } from "./api";

interface Props {
  found: Import;
  /** From 0 to 1; absent while nobody can tell. */
  share?: number;
  label: string;
  children?: ComponentChildren;
  end?: ComponentChildren;
}

export function Progress({ found, share, label, children, end }: Props) {
  const percent = share === undefined ? undefined : Math.round(share * 100);
  return (
    <section class="card run" aria-label={label}>
      <div class="flex between">
        <div class="flex wrap">
          <span class="muted"><Icon name="sheet" /></span>
          <b>{found.file_name}</b>
          <span class="muted">{words.imports.about(found.total, found.columns.length, found.format.toUpperCase())}</span>
        </div>
        <div class="flex">{end}</div>
      </div>
      <div class="progress tall" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} data-open={percent === undefined || undefined}>
        <i style={{ width: `${percent ?? 100}%` }} />
      </div>
      <div class="stages">{children}</div>
    </section>
  );
}

export function Stage({ state, children }: { state: "done" | "on" | "waits"; children: ComponentChildren }) {
  const icon = { done: "tick", on: "half", waits: "dashed" }[state];
  return (
    <span class={state === "on" ? "on" : undefined} data-done={state === "done" || undefined}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

/** `85 companies, 7 products and 30 users`. */
export function listed(parts: string[]): string {
  return new Intl.ListFormat("en-GB").format(parts);
}

/** `1 company`, `85 companies`: only the noun. */
export const nounOf = (kind: string, n: number): string => (n === 1 ? kindOf(kind)?.one : kindOf(kind)?.many) ?? kind;

export const counted = (n: number, noun: string): string => `${number(n)} ${noun}`;
