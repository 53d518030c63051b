/** Where one is: the kind, this record, and its neighbours in the list one came from. */
import { Link, useLocation } from "wouter-preact";
import { useKeys } from "../../kernel/keys";
import { prefetch } from "../../kernel/pages";
import { count } from "../../words/en/parts";
import { type Kind, useSchema } from "../../kernel/schema";
import { trail } from "../../kernel/trail";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { recordPart } from "../../kernel/record";

export function Crumbs({ kind, id, name }: { kind: Kind; id: string; name: string }) {
  const from = trail.value?.kind === kind.name ? trail.value : null;
  const query = from?.query.replace(/^\?/, "");
  const list = query ? `/${kind.name}?${query}` : `/${kind.name}`;
  return (
    <>
      <Link class="btn icon quiet phone way-back" href={list} aria-label={words.record.back(kind.many)}>
        <Icon name="left" />
      </Link>
      <nav class="crumbs" aria-label={words.record.back(kind.many)}>
        <Link href={list} class="desk">
          {capital(kind.many)}
        </Link>
        <span class="desk">
          <Icon name="right" />
        </span>
        <b class="cut">{name}</b>
      </nav>
      <Neighbours kind={kind} id={id} list={list} />
    </>
  );
}

function Neighbours({ kind, id, list }: { kind: Kind; id: string; list: string }) {
  const schema = useSchema();
  const [, go] = useLocation();
  const from = trail.value?.kind === kind.name ? trail.value : null;
  const at = from?.ids.indexOf(id) ?? -1;
  const before = from?.ids[at - 1];
  const after = from?.ids[at + 1];
  const along = (to: string | undefined, label: string) => (to ? { label, run: () => go(`/${kind.name}/${to}`) } : undefined);
  useKeys(
    {
      j: along(after, words.record.next),
      k: along(before, words.record.previous),
      Escape: { label: words.record.back(kind.many), run: () => go(list) },
    },
    capital(kind.one),
  );
  if (!from || at < 0 || !schema) return null;
  const way = (to: string | undefined, icon: string, label: string) =>
    to ? (
      <Link class="btn icon small quiet" href={`/${kind.name}/${to}`} aria-label={label} title={label} onPointerEnter={() => prefetch([recordPart(schema, kind, to)])}>
        <Icon name={icon} />
      </Link>
    ) : (
      <button type="button" class="btn icon small quiet" disabled aria-label={label}>
        <Icon name={icon} />
      </button>
    );
  return (
    <div class="neighbours">
      {way(before, "up", words.record.previous)}
      {way(after, "down", words.record.next)}
      <span class="t12 muted nowrap desk">{words.record.of(at + 1, count(from.total ?? from.ids.length))}</span>
    </div>
  );
}
