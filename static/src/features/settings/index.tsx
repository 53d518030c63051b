/** Settings: sections at the left, one of them at the right; on a phone one after the other. */
import type { ComponentType } from "preact";
import { lazy, Suspense } from "preact/compat";
import { useRef } from "preact/hooks";
import { Link, useParams } from "wouter-preact";
import { type Kind, useSchema } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { settingWords } from "../../words/settings";
import { Business } from "./business";
import { Chores } from "./chores";
import { Fields } from "./fields";
import { List } from "./list";
import { openSettings } from "./parts";
import { People } from "./people";
import { Role } from "./role";
import { Roles } from "./roles";
import { type Section, sectionsFor } from "./sections";
import { Server } from "./server";
import { Stages } from "./stages";
import "./style.css";

/** Their screens, given what follows the section's name in the address. Few people ever open the lazy ones. */
const SECTIONS: Record<string, ComponentType<{ one?: string }>> = {
  business: Business,
  people: People,
  roles: ({ one }) => (one ? <Role name={one} /> : <Roles />),
  fields: Fields,
  stages: Stages,
  chores: Chores,
  "mail-service": lazy(() => import("./sources")),
  webhooks: lazy(() => import("./webhooks")),
  server: Server,
};

export default function Settings() {
  const path = useParams<{ "*"?: string }>()["*"] ?? "";
  const schema = useSchema();
  const who = session.value;
  if (!schema || !who) return <Screen title={settingWords.title}><Skeleton /></Screen>;
  return <Sections kinds={schema.kinds} path={path} sections={sectionsFor(schema.kinds, who)} />;
}

function Sections({ kinds, path, sections }: { kinds: Kind[]; path: string; sections: Section[] }) {
  const opened = useRef(false);
  if (!opened.current) {
    opened.current = true;
    openSettings(kinds);
  }
  const [wanted = "", one] = path.split("/");
  const own = sections.filter((section) => !section.href);
  const here = own.find((section) => section.name === wanted) ?? own[0];
  if (!here) {
    return (
      <Screen title={settingWords.title}>
        <Empty icon="sliders" title={settingWords.nothing} actions={<Link class="btn primary" href="/account">{words.nav.account}</Link>}>
          {settingWords.nothingHow}
        </Empty>
      </Screen>
    );
  }
  const Shown = SECTIONS[here.name];
  const kind = kinds.find((known) => known.name === here.name);
  const chosen = path !== "";
  return (
    <Screen
      title={chosen ? here.label : settingWords.title}
      lead={
        <>
          {chosen && <Link class="btn quiet small icon phone" href="/settings" aria-label={settingWords.back}><Icon name="left" /></Link>}
          <h1 class="head-title"><span class={chosen ? "desk" : undefined}>{settingWords.title}</span>{chosen && <span class="phone">{here.label}</span>}</h1>
        </>
      }
    >
      <div class="settings" data-chosen={chosen || undefined}>
        <Sidebar sections={sections} here={here} />
        <div class="settings-body">
          <Suspense fallback={<Skeleton />}>
            {Shown ? <Shown one={one} /> : kind ? <List key={kind.name} kind={kind} /> : null}
          </Suspense>
        </div>
      </div>
    </Screen>
  );
}

function Sidebar({ sections, here }: { sections: Section[]; here: Section }) {
  return (
    <nav class="settings-nav" aria-label={settingWords.title}>
      {(["team", "lists", "system"] as const).map((group) => {
        const own = sections.filter((section) => section.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group}>
            <p class="nav-label">{settingWords.groups[group]}</p>
            <ul class="nav">
              {own.map((section) => (
                <li key={section.name}>
                  <Link href={section.href ?? `/settings/${section.name}`} aria-current={section === here ? "page" : undefined}>
                    <Icon name={section.icon} />
                    <span class="grow">{section.label}</span>
                    <span class="phone"><Icon name="right" /></span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
