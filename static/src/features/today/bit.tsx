/** A part of a visit: its name, what it comes to, and the button that adds to it. */
import type { ComponentChildren } from "preact";

interface Props {
  title: string;
  sum?: ComponentChildren;
  /** Said where there is nothing yet; a phone has no room for it. */
  none?: ComponentChildren;
  action?: ComponentChildren;
  children?: ComponentChildren;
}

export function Bit({ title, sum, none, action, children }: Props) {
  return (
    <section class="bit">
      <header>
        <h3>{title}</h3>
        {sum && <span class="muted grow">{sum}</span>}
        {none && <span class="muted grow desk">{none}</span>}
        {action && <span class="end">{action}</span>}
      </header>
      {children}
    </section>
  );
}
