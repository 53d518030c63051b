/** From one dashboard to the next, and to how the portal is. */
import { useEffect, useRef } from "preact/hooks";
import { Link } from "wouter-preact";
import { number } from "../../kernel/format";
import { portalWords as words } from "../../words/portal";
import type { Name, Portal } from "./shape";

interface Props {
  portal: Portal;
  now: Name | "health";
  /** How many accounts there are, once that is known. */
  accounts?: number;
}

export function Tabs({ portal, now, accounts }: Props) {
  const nav = useRef<HTMLElement>(null);
  // On a phone the tab that one is on may lie beyond the edge.
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (nav.current && here) nav.current.scrollLeft = here.offsetLeft - 16;
  }, [now]);
  return (
    <nav class="tabs pt-tabs" aria-label={words.dashboards} ref={nav}>
      {portal.dashboards.map(({ dashboard }) => (
        <Link key={dashboard} class="tab" href={`/portal/${dashboard}`} aria-current={dashboard === now ? "page" : undefined}>
          {words.names[dashboard]}
          {dashboard === "infrastructure" && accounts !== undefined && <span class="n">{number(accounts)}</span>}
        </Link>
      ))}
      <Link class="tab" href="/portal/health" aria-current={now === "health" ? "page" : undefined}>
        {words.names.health}
      </Link>
    </nav>
  );
}
