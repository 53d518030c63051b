/** The head of a section: what it is, what it is for, and its one action. */
import type { ComponentChildren } from "preact";
import { words } from "../../words";

interface Props {
  name?: string;
  title?: string;
  about?: string;
  lead?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
}

export function Section({ name = "", title, about, lead, action, children }: Props) {
  return (
    <section class="section">
      <header class="section-head" data-below={lead ? true : undefined}>
        <div>
          {lead}
          <h2>{title ?? words.settings.sections[name]}</h2>
          <p class="muted t13">{about ?? words.settings.about[name as keyof typeof words.settings.about]}</p>
        </div>
        {action && <div class="end">{action}</div>}
      </header>
      {children}
    </section>
  );
}
