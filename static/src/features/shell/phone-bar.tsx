/** On a phone: five places at the thumb. */
import { Link, useLocation } from "wouter-preact";
import { role } from "../../kernel/session";
import { Icon, type IconName } from "../../ui/icon";
import { words } from "../../words";
import { openPalette } from "./open";
import { isClient, isField } from "./screens";
import { Unread, useUnread } from "./unread";

export function PhoneBar() {
  const unread = useUnread();
  const home = isField(role.value)
    ? { href: "/today", icon: "day", label: words.nav.today }
    : { href: "/", icon: "tiles", label: isClient(role.value) ? words.nav.home : words.nav.dashboard };
  return (
    <nav class="phonebar phone" aria-label={words.nav.label}>
      <Place {...home} />
      <Place href="/work-orders" icon="clipboard" label={words.nav.workOrders} />
      <button type="button" onClick={openPalette}>
        <Icon name="search" />
        {words.search}
      </button>
      {!isClient(role.value) && <Place href="/notifications" icon="bell" label={words.nav.notifications} unread={unread} />}
      <Place href="/more" icon="dots" label={words.more} />
    </nav>
  );
}

function Place({ href, icon, label, unread = 0 }: { href: string; icon: IconName; label: string; unread?: number }) {
  const [at] = useLocation();
  const here = at === href || (href !== "/" && at.startsWith(`${href}/`));
  return (
    <Link href={href} aria-current={here ? "page" : undefined}>
      <Icon name={icon} />
      {label}
      <Unread count={unread} />
    </Link>
  );
}
