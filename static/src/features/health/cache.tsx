/** How many answers came from the cache, tier by tier. */
import { bytes, span } from "../../kernel/format";
import { healthWords as words } from "../../words/health";
import type { CacheFigures } from "./api";

export function Cache({ figures, target }: { figures: CacheFigures; target: number }) {
  return (
    <section class="card">
      <div class="card-head">
        <h3>{words.cache}</h3>
        {figures.on && <span class="t12 muted nowrap">{words.target(target)}</span>}
      </div>
      {figures.on ? (
        <ul class="tiers">
          {figures.tiers.map((tier) => (
            <li key={tier.name}>
              <p><b>{words.tiers[tier.name] ?? tier.name}</b><b>{tier.hit_rate === null ? "" : words.percent(tier.hit_rate)}</b></p>
              <div class="meter"><i style={{ width: `${tier.hit_rate ?? 0}%` }} /></div>
              <small>{words.tier(bytes(tier.bytes), bytes(tier.most_bytes), span(tier.lives_s * 1000))}</small>
            </li>
          ))}
        </ul>
      ) : (
        <p class="card-body t13 muted">{words.cacheOff}</p>
      )}
    </section>
  );
}
