/** The rail at the left: search, the kinds in business order, and oneself. */
import { Link, useLocation } from "wouter-preact";
import { humane } from "../../kernel/format";
import { iconOf, RAIL } from "../../kernel/kinds";
import { may, useSchema } from "../../kernel/schema";
import { session, signOut } from "../../kernel/session";
import { setTheme, theme } from "../../kernel/theme";
import { Avatar } from "../../ui/avatar";
import { Icon, type IconName } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { words } from "../../words";
import { openPalette } from "./open";
import { capital, screensFor } from "./screens";

export function Rail() {
  const schema = useSchema();
  const [, go] = useLocation();
  const who = session.value;
  if (!who) return null;
  const kinds = RAIL.flatMap((name) => schema?.kinds.filter((k) => k.name === name && may(k, "read")) ?? []);
  return (
    <nav class="rail" aria-label={words.nav.label}>
      <Link href="/" class="tenant">
        <span class="mark">
          <Icon name="jar" />
        </span>
        <span class="name">{who.tenant.name}</span>
      </Link>
      <button type="button" class="find" onClick={openPalette}>
        <Icon name="search" />
        {words.nav.find}
        <kbd>Ctrl K</kbd>
      </button>
      <div class="rail-scroll">
        <ul class="nav">
          {screensFor(who.user.role).map((screen) => (
            <Entry key={screen.href} {...screen} />
          ))}
        </ul>
        <p class="nav-label">{words.nav.records}</p>
        <ul class="nav">
          {kinds.map((kind) => (
            <Entry key={kind.name} href={`/${kind.name}`} icon={iconOf(kind.name)} label={capital(kind.many)} />
          ))}
        </ul>
      </div>
      <div class="rail-foot">
        <ul class="nav">
          <Entry href="/settings" icon="sliders" label={words.nav.settings} />
        </ul>
        <Menu
          label={words.nav.account}
          items={[
            { label: words.nav.account, icon: "person", onPick: () => go("/account") },
            ...(["system", "light", "dark"] as const).map((name) => ({
              label: words.theme[name],
              picked: theme.value === name,
              onPick: () => setTheme(name),
            })),
            { label: words.nav.signOut, icon: "arrow", onPick: () => void signOut() },
          ]}
          button={(open) => (
            <button type="button" class="me" {...open}>
              <Avatar name={who.user.name} big />
              <span class="grow">
                <span class="cut">{who.user.name}</span>
                <small>{humane(who.user.role)}</small>
              </span>
              <Icon name="updown" />
            </button>
          )}
        />
      </div>
    </nav>
  );
}

function Entry({ href, icon, label }: { href: string; icon: IconName; label: string }) {
  const [at] = useLocation();
  const here = href === "/" ? at === "/" : at === href || at.startsWith(`${href}/`);
  return (
    <li>
      <Link href={href} aria-current={here ? "page" : undefined} title={label}>
        <Icon name={icon} />
        <span class="nav-text">{label}</span>
      </Link>
    </li>
  );
}
