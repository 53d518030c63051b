/** The frame of a screen: a header that says where one is, and what is below it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { session } from "../kernel/session";

interface Props {
  title: string;
  /** Instead of the title alone: a way back, tabs. */
  lead?: ComponentChildren;
  tabs?: ComponentChildren;
  /** At the right: quiet actions, then the one primary action. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** The address at which a screen was last announced; none when the page was just loaded. */
let announced: string | null = null;

/** After going somewhere the focus stands on the heading: it is spoken, and Tab goes on from there. */
function announce(main: HTMLElement | null, at: string): void {
  const before = announced;
  announced = at;
  if (!main || before === null || before === at) return;
  // What a screen puts the focus on by itself keeps it, and so does an open dialog.
  const focused = document.activeElement;
  if ((focused && focused !== document.body && main.contains(focused)) || document.querySelector("dialog[open]")) return;
  const heading = main.querySelector<HTMLElement>("h1") ?? main;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

export function Screen({ title, lead, tabs, actions, children }: Props) {
  useEffect(() => {
    const tenant = session.value?.tenant.name;
    document.title = tenant ? `${title} · ${tenant}` : title;
  }, [title]);
  const main = useRef<HTMLElement>(null);
  const [at] = useLocation();
  useEffect(() => announce(main.current, at), [at]);
  return (
    <main class="main" id="main" ref={main}>
      <header class="head">
        {lead ?? <h1 class="head-title">{title}</h1>}
        {tabs}
        {actions && <div class="end">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
