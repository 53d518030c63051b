/** The parts that the score is made of. */
import { number } from "../../kernel/format";
import { healthWords as words } from "../../words/health";
import type { Performance } from "./api";

export function Score({ seen }: { seen: Performance }) {
  return (
    <section class="card">
      <div class="card-head">
        <h3>{words.score}</h3>
      </div>
      <ul class="score-parts">
        {seen.parts.map((part) => (
          <li key={part.name}>
            <span>{part.title}</span>
            <div class="meter" data-tone={part.well || !part.judged ? undefined : part.points < part.of * 0.6 ? "danger" : "warning"}>
              <i style={{ width: `${(100 * part.points) / part.of}%` }} />
            </div>
            <span class="nowrap">{words.points(Number(number(part.points)), part.of)}</span>
            <small class="muted">{part.says}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
