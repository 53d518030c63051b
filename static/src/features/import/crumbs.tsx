/** From where one came: the list of what is brought in. */
import { Link } from "wouter-preact";
import type { Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { importWords } from "../../words/imports";
import { capital } from "../../words/en/parts";

export function Crumbs({ kind }: { kind?: Kind }) {
  if (!kind) return <h1 class="head-title">{importWords.title}</h1>;
  return (
    <div class="imp-crumbs">
      <Link class="desk" href={`/${kind.name}`}>{capital(kind.many)}</Link>
      <span class="desk"><Icon name="right" /></span>
      <h1 class="head-title">{importWords.title}</h1>
    </div>
  );
}
