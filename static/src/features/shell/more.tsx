/** On a phone: every other place. */
import { Link } from "wouter-preact";
import { iconOf, RAIL } from "../../kernel/kinds";
import { may, useSchema } from "../../kernel/schema";
import { role, seesHealth, session, signOut } from "../../kernel/session";
import { setTheme, theme } from "../../kernel/theme";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { words } from "../../words";
import { panelOpen } from "./open";
import { capital, screensFor } from "./screens";

export default function More() {
  const schema = useSchema();
  const kinds = RAIL.flatMap((name) => schema?.kinds.filter((k) => k.name === name && may(k, "read")) ?? []);
  const links = [
    ...screensFor(role.value, schema?.kinds),
    ...kinds.map((kind) => ({ href: `/${kind.name}`, icon: iconOf(kind.name), label: capital(kind.many) })),
    ...(session.value && seesHealth(session.value.user) ? [{ href: "/health", icon: "pulse", label: words.nav.health }] : []),
    { href: "/settings", icon: "sliders", label: words.nav.settings },
    { href: "/account", icon: "person", label: words.nav.account },
  ];
  return (
    <Screen title={words.more}>
      <div class="body">
        <ul class="card rows more-places">
          {links.map((link) => (
            <li key={link.href}>
              <Link href={link.href}>
                <Icon name={link.icon} />
                <span class="grow">{link.label}</span>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </ul>
        <div class="stack gap-3 more-foot">
          <div class="segment" role="group" aria-label={words.theme.label}>
            {(["system", "light", "dark"] as const).map((name) => (
              <button key={name} type="button" aria-pressed={theme.value === name} onClick={() => setTheme(name)}>
                {words.theme[name]}
              </button>
            ))}
          </div>
          <Button class="wide touch" icon="pulse" onClick={() => (panelOpen.value = true)}>
            {words.nav.panel}
          </Button>
          <Button class="wide touch" onClick={() => void signOut()}>
            {words.nav.signOut}
          </Button>
        </div>
      </div>
    </Screen>
  );
}
