/** From where one came: the list of what is brought in. */
import { Link } from "wouter-preact";
import type { Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { capital } from "../../words/en/parts";

export function Crumbs({ kind }: { kind?: Kind }) {
  if (!kind) return <h1 class="head-title">{words.imports.title}</h1>;
  return (
    <div class="crumbs">
      <Link class="desk" href={`/${kind.name}`}>{capital(kind.many)}</Link>
      <span class="desk"><Icon name="right" /></span>
      <h1 class="head-title">{words.imports.title}</h1>
    </div>
  );
}
