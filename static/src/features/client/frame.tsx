/** Around every screen of the client area: whose it is, where one is, oneself. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { upgraded } from "../../kernel/api";
import { session, signOut } from "../../kernel/session";
import { setTheme, theme } from "../../kernel/theme";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { Toaster } from "../../ui/toaster";
import { words } from "../../words";
import { clientWords } from "../../words/client-area";
import { Mark } from "./mark";

const w = clientWords;

const PLACES = [
  { href: "/", icon: "tiles", label: w.nav.overview },
  { href: "/sites", icon: "pin", label: w.nav.sites },
  { href: "/equipment", icon: "lift", label: w.nav.equipment },
  { href: "/work-orders", icon: "clipboard", label: w.nav.jobs },
  { href: "/certificates", icon: "award", label: w.nav.certificates },
  { href: "/reports", icon: "chart", label: w.nav.reports },
];

const isHere = (at: string, href: string): boolean => (href === "/" ? at === "/" : at === href || at.startsWith(`${href}/`));

export function Frame({ company, children }: { company: string | null; children: ComponentChildren }) {
  const [at, go] = useLocation();
  const who = session.value;
  useEffect(() => scrollTo(0, 0), [at]);
  if (!who) return null;
  const own: MenuItem[] = [
    { label: words.nav.account, icon: "person", onPick: () => go("/account") },
    ...(["system", "light", "dark"] as const).map((name) => ({
      label: words.theme[name],
      picked: theme.value === name,
      onPick: () => setTheme(name),
    })),
    { label: words.nav.signOut, icon: "arrow", onPick: () => void signOut() },
  ];
  const places: MenuItem[] = PLACES.map((place) => ({ label: place.label, icon: place.icon, onPick: () => go(place.href) }));
  return (
    <div class="cl app-client">
      <a class="skip" href="#main">
        {words.nav.skip}
      </a>
      <header class="cl-head">
        <div class="cl-wrap">
          <Link href="/" class="cl-brand">
            <Mark />
            <b class="cut">{who.tenant.name}</b>
          </Link>
          <nav class="tabs desk" aria-label={w.nav.label}>
            {PLACES.map((place) => (
              <Link key={place.href} href={place.href} class="tab" aria-current={isHere(at, place.href) ? "page" : undefined}>
                {place.label}
              </Link>
            ))}
          </nav>
          <div class="end desk">
            <Menu
              label={words.nav.account}
              items={own}
              button={(open) => (
                <button type="button" class="cl-me" {...open}>
                  <span>
                    {who.user.name}
                    <small>{company ?? w.customer}</small>
                  </span>
                  <Avatar name={who.user.name} big />
                </button>
              )}
            />
          </div>
          <div class="end phone">
            <Menu
              label={w.nav.menu}
              items={[...places, ...own]}
              button={(open) => <Button {...open} look="quiet" icon="menu" label={w.nav.menu} />}
            />
          </div>
        </div>
      </header>
      {upgraded.value && (
        <p class="banner" role="status">
          <span>
            <b>{words.upgraded}</b> {words.upgradedHow}
          </span>
          <Button small class="end" onClick={() => location.reload()}>
            {words.reload}
          </Button>
        </p>
      )}
      {children}
      <Toaster />
    </div>
  );
}

interface PageProps {
  title: string;
  /** Said below the title. */
  how?: ComponentChildren;
  back?: { href: string; label: string };
  /** The one primary action: beside the title, on a phone at the thumb. */
  action?: ComponentChildren;
  /** For a form: on a phone alone, the form itself has it at its foot. */
  thumbOnly?: boolean;
  children: ComponentChildren;
}

export function Page({ title, how, back, action, thumbOnly, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${session.value?.tenant.name ?? ""}`;
  }, [title]);
  return (
    <main class="cl-wrap cl-body" id="main">
      <div class="hero">
        <div class="stack gap-1">
          {back && (
            <Link class="more" href={back.href}>
              <Icon name="left" />
              {back.label}
            </Link>
          )}
          <h1>{title}</h1>
          {how && <p class="muted">{how}</p>}
        </div>
        {action && !thumbOnly && <div class="end desk">{action}</div>}
      </div>
      {children}
      {action && <div class="cl-thumb phone">{action}</div>}
    </main>
  );
}

export function RequestLink({ query = "", label = w.request }: { query?: string; label?: string }) {
  return (
    <Link class="btn primary cl-do" href={`/work-orders/new${query}`}>
      <Icon name="plus" />
      {label}
    </Link>
  );
}
