/** The five seconds: a score, a sentence, what is well and what is not. */
import type { ComponentChildren } from "preact";
import { Icon } from "../../ui/icon";
import { healthWords as words } from "../../words/health";
import type { Performance } from "./api";

const LOOKS = {
  healthy: ["success", "tick"],
  warning: ["warning", "alert"],
  critical: ["danger", "octagon"],
} as const;

export function Verdict({ seen }: { seen: Performance }) {
  const [tone, icon] = LOOKS[seen.status];
  const held = seen.parts.find((part) => part.name === seen.held_by);
  return (
    <section class="card verdict" aria-label={words.verdict} data-tone={tone}>
      <div class="verdict-score">
        <p class="verdict-number">
          {seen.score}
          <small>{words.of}</small>
        </p>
        <p class={`verdict-word tone-${tone}`}>
          <Icon name={icon} />
          {words.status[seen.status]}
        </p>
        <p class="t13 muted">{seen.headline}</p>
        {held && <p class="t12 muted">{words.held(held.title.toLowerCase())}</p>}
      </div>
      <div>
        <h2>{words.well}</h2>
        <ul class="points">
          {seen.well.map((said) => (
            <Point key={said} tone="success" icon="tick">{said}</Point>
          ))}
        </ul>
      </div>
      <div>
        <h2>{words.look}</h2>
        {seen.issues.length + seen.recommendations.length === 0 ? (
          <p class="t13 muted verdict-nothing">{words.nothingToLook}</p>
        ) : (
          <ul class="points">
            {seen.issues.map((issue) => (
              <Point key={issue.id} tone={issue.severity === "critical" ? "danger" : "warning"} icon={issue.severity === "critical" ? "octagon" : "alert"}>
                {issue.message}
                <small>{issue.advice}</small>
              </Point>
            ))}
            {seen.recommendations.map((advice) => (
              <Point key={advice.name} tone="muted" icon="right"><Advice text={advice.text} /></Point>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Point({ tone, icon, children }: { tone: string; icon: string; children: ComponentChildren }) {
  return (
    <li>
      <span class={tone === "muted" ? "muted" : `tone-${tone}`}><Icon name={icon} /></span>
      <span>{children}</span>
    </li>
  );
}

/** A sentence; a setting in it stands as it is written into the file. */
function Advice({ text }: { text: string }) {
  const setting = /^(.*?)\s(\S+ = \S+?)\.?$/.exec(text);
  if (!setting) return <>{text}</>;
  return (
    <>
      {setting[1]}
      <code>{setting[2]}</code>
    </>
  );
}
