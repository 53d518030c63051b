/** What people did last. */
import { Link } from "wouter-preact";
import { ago, humane, moment } from "../../kernel/format";
import { iconOf } from "../../kernel/kinds";
import { useSchema } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { dashboardWords } from "../../words/dashboard";
import type { Deed } from "./shape";

const SHOWN = 7;
const say = dashboardWords.latest;

export function Latest({ deeds }: { deeds: Deed[] }) {
  const schema = useSchema();
  return (
    <section class="card" aria-label={say.title}>
      <div class="card-head ruled">
        <h2>{say.title}</h2>
      </div>
      {deeds.length === 0 ? (
        <p class="muted t13 none-here">{say.none}</p>
      ) : (
        <ul class="rows latest">
          {deeds.slice(0, SHOWN).map((deed) => {
            const kind = schema?.kinds.find((k) => k.name === deed.kind);
            const fields = Object.keys(deed.changes ?? {}).map((name) => kind?.fields.find((f) => f.name === name)?.label ?? humane(name.replace("custom.", "")));
            const one = kind?.one ?? humane(deed.kind).toLowerCase();
            const line = say.deed(deed.user_name, deed.action, one, fields);
            return (
              <li key={`${deed.record_id}${deed.version}${deed.at}`}>
                <Icon name={iconOf(deed.kind)} />
                {deed.action === "delete" || !kind ? (
                  <span class="grow">{line}</span>
                ) : (
                  <Link class="grow plain" href={`/${deed.kind}/${deed.record_id}`} title={deed.title ?? line}>
                    {deed.title ? (
                      <>
                        {deed.title} <span class="muted">{line}</span>
                      </>
                    ) : (
                      line
                    )}
                  </Link>
                )}
                <time class="when" dateTime={deed.at} title={moment(deed.at)}>
                  {ago(deed.at)}
                </time>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
