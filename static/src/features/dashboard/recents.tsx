/** What this person opened lately. */
import { Link } from "wouter-preact";
import { ago, moment } from "../../kernel/format";
import { iconOf } from "../../kernel/kinds";
import type { Recent } from "../../kernel/recents";
import { Icon } from "../../ui/icon";
import { dashboardWords } from "../../words/dashboard";

const SHOWN = 7;
const say = dashboardWords.recents;

export function Recents({ recents }: { recents: Recent[] }) {
  return (
    <section class="card" aria-label={say.title}>
      <div class="card-head ruled">
        <h2>{say.title}</h2>
      </div>
      {recents.length === 0 ? (
        <p class="muted t13 none-here">{say.none}</p>
      ) : (
        <ul class="rows latest">
          {recents.slice(0, SHOWN).map((recent) => (
            <li key={recent.id}>
              <Icon name={iconOf(recent.kind)} />
              <Link class="grow plain" href={`/${recent.kind}/${recent.id}`}>
                {recent.title}
              </Link>
              <time class="when" dateTime={recent.opened_at} title={moment(recent.opened_at)}>
                {ago(recent.opened_at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
