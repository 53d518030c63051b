/** The score, what it is made of, and what was found. */
import { number } from "../../../kernel/format";
import { Icon } from "../../../ui/icon";
import { portalHealthWords as words } from "../../../words/portal-health";
import type { Health } from "../shape";

const GOOD = 80;
const POOR = 50;

const LOOKS = { well: ["success", "tick"], look: ["warning", "alert"], ill: ["danger", "octagon"] } as const;

const levelOf = (score: number) => (score >= GOOD ? "well" : score >= POOR ? "look" : "ill");

export function Score({ score, parts, findings }: Pick<Health, "parts" | "findings"> & { score: number }) {
  // Something that is wrong now counts before what was right within the hour.
  const level = findings.length > 0 && score >= GOOD ? "look" : levelOf(score);
  const [tone, icon] = LOOKS[level];
  return (
    <section class="card ph-score" aria-labelledby="ph-score">
      <div class="ph-verdict">
        <h2 id="ph-score" class="hidden-visually">{words.score}</h2>
        <p class="ph-number">{score} <small>{words.of}</small></p>
        <p class={`ph-word tone-${tone}`}><Icon name={icon} />{words.levels[level]}</p>
        {findings.map((one) => <p key={one.message} class="ph-finding t13 tone-warning"><Icon name="alert" /><span>{one.message}</span></p>)}
      </div>
      <ul class="ph-parts">
        {parts.map((part) => {
          const own = levelOf(part.score);
          return (
            <li key={part.name}>
              <span>{words.parts[part.name] ?? part.name}</span>
              <div class="meter ph-meter" data-tone={own === "well" ? undefined : LOOKS[own][0]} aria-hidden="true"><i style={{ width: `${part.score}%` }} /></div>
              <span class="nowrap">{words.points(number(Math.round((part.score * part.weight) / 100)), part.weight)}</span>
              <small class="muted">{part.about}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
