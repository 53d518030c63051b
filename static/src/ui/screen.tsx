/** The frame of a screen: a header that says where one is, and what is below it. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
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

export function Screen({ title, lead, tabs, actions, children }: Props) {
  useEffect(() => {
    const tenant = session.value?.tenant.name;
    document.title = tenant ? `${title} · ${tenant}` : title;
  }, [title]);
  return (
    <main class="main" id="main">
      <header class="head">
        {lead ?? <h1 class="head-title">{title}</h1>}
        {tabs}
        {actions && <div class="end">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
