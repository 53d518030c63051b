/** A first load: how many workspaces are there already. */
import { number } from "../../kernel/format";
import { portalWords as words } from "../../words/portal";

export function FirstLoad({ title = words.loading, done, of }: { title?: string; done: number; of: number }) {
  const share = of > 0 ? (100 * done) / of : 0;
  return (
    <section class="card pt-first" aria-label={title}>
      <p>
        <b>{title}</b>
        <span class="muted t13">{of > 0 ? words.loadedOf(number(done), number(of)) : words.listing}</span>
      </p>
      <div class="progress" role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={of || 1} aria-valuenow={done}>
        <i style={{ width: `${share}%` }} />
      </div>
    </section>
  );
}
