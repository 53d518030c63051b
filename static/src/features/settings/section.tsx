/** The head of a section: what it is, what it is for, and its one action. */
import type { ComponentChildren } from "preact";
import { settingWords } from "../../words/settings";

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
          <h2>{title ?? settingWords.sections[name]}</h2>
          <p class="muted t13">{about ?? settingWords.about[name as keyof typeof settingWords.about]}</p>
        </div>
        {action && <div class="end">{action}</div>}
      </header>
      {children}
    </section>
  );
}
