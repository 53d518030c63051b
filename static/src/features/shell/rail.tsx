/** The rail at the left: search, the kinds in business order, and oneself. */
import { Link, useLocation } from "wouter-preact";
import { humane } from "../../kernel/format";
import { iconOf, RAIL } from "../../kernel/kinds";
import { logoOf } from "../../kernel/logo";
import { may, useSchema } from "../../kernel/schema";
import { seesHealth, type Session, session, signOut } from "../../kernel/session";
import { setTheme, theme } from "../../kernel/theme";
import { Avatar } from "../../ui/avatar";
import { Icon, type IconName } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { words } from "../../words";
import { Unread, useUnread } from "./unread";
import { keysOpen, openPalette, panelOpen } from "./open";
import { narrow, toggleRail } from "./rail-state";
import { capital, screensFor } from "./screens";

export function Rail() {
  const schema = useSchema();
  const who = session.value;
  if (!who) return null;
  const kinds = RAIL.flatMap((name) => schema?.kinds.filter((k) => k.name === name && may(k, "read")) ?? []);
  return (
    <nav class="rail" aria-label={words.nav.label}>
      <div class="tenant">
        <Link href="/" class="tenant-name" title={who.tenant.name}>
          <Mark tenant={who.tenant} />
          <span class="name">{who.tenant.name}</span>
        </Link>
        <Toggle />
      </div>
      <button type="button" class="find" onClick={openPalette} aria-keyshortcuts="Control+K" title={words.nav.find}>
        <Icon name="search" />
        <span class="nav-text">{words.nav.find}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div class="rail-scroll">
        <ul class="nav">
          {screensFor(who.user.role, schema?.kinds).map((screen) => (
            <Entry key={screen.href} {...screen} />
          ))}
          <Bell />
        </ul>
        <p class="nav-label">
          <span class="nav-text">{words.nav.records}</span>
        </p>
        <ul class="nav">
          {kinds.map((kind) => (
            <Entry key={kind.name} href={`/${kind.name}`} icon={iconOf(kind.name)} label={capital(kind.many)} />
          ))}
        </ul>
      </div>
      <div class="rail-foot">
        <ul class="nav">
          {seesHealth(who.user) && <Entry href="/health" icon="pulse" label={words.nav.health} />}
          <Entry href="/settings" icon="sliders" label={words.nav.settings} />
        </ul>
        <Me who={who} />
      </div>
    </nav>
  );
}

/** The tenant's logo, or its first letter until it has one. */
function Mark({ tenant }: { tenant: Session["tenant"] }) {
  const logo = logoOf(tenant);
  if (logo) return <img class="mark" src={logo} alt="" width={22} height={22} />;
  return (
    <span class="mark" aria-hidden="true">
      {tenant.name.charAt(0).toUpperCase()}
    </span>
  );
}

function Toggle() {
  const label = narrow.value ? words.nav.expand : words.nav.collapse;
  return (
    <button type="button" class="rail-toggle" aria-label={label} title={label} aria-pressed={narrow.value} onClick={toggleRail}>
      <Icon name="rail" />
    </button>
  );
}

function Me({ who }: { who: Session }) {
  const [, go] = useLocation();
  return (
    <Menu
      label={words.nav.account}
      items={[
        { label: words.nav.account, icon: "person", onPick: () => go("/account") },
        ...(["system", "light", "dark"] as const).map((name) => ({
          label: words.theme[name],
          picked: theme.value === name,
          onPick: () => setTheme(name),
        })),
        { label: words.nav.keys.title, icon: "keyboard", onPick: () => (keysOpen.value = true) },
        { label: words.nav.panel, icon: "pulse", onPick: () => (panelOpen.value = true) },
        { label: words.nav.signOut, icon: "arrow", onPick: () => void signOut() },
      ]}
      button={(open) => (
        <button type="button" class="me" {...open} title={who.user.name}>
          <Avatar name={who.user.name} big />
          <span class="grow nav-text">
            <span class="cut">{who.user.name}</span>
            <small>{humane(who.user.role)}</small>
          </span>
          <Icon name="updown" />
        </button>
      )}
    />
  );
}

function Bell() {
  const unread = useUnread();
  return <Entry href="/notifications" icon="bell" label={words.nav.notifications} unread={unread} />;
}

function Entry({ href, icon, label, unread = 0 }: { href: string; icon: IconName; label: string; unread?: number }) {
  const [at] = useLocation();
  const here = href === "/" ? at === "/" : at === href || at.startsWith(`${href}/`);
  return (
    <li>
      <Link href={href} aria-current={here ? "page" : undefined} title={narrow.value ? label : undefined}>
        <Icon name={icon} />
        <span class="nav-text">{label}</span>
        <Unread count={unread} />
      </Link>
    </li>
  );
}
