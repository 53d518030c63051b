/** Records that refer to this one: a card for each kind that has some, one line for those that have none. */
import { Link } from "wouter-preact";
import type { Page, Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { type Kind, may, useSchema } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { type Related, relatedOf, relatedPart } from "../../kernel/record";
import { RelatedRow } from "./related-row";

const TOP = 5;
/** Shown by cards of their own. */
const ELSEWHERE = new Set(["time-logs", "part-logs", "custom-fields", "users"]);

export function RelatedCards({ kind, row }: { kind: Kind; row: Row }) {
  const schema = useSchema();
  if (!schema) return null;
  const all = relatedOf(schema, kind).filter((related) => !ELSEWHERE.has(related.kind));
  return (
    <>
      {all.map((related) => (
        <Card key={related.kind + related.field} related={related} id={row.id} of={schema.kinds.find((k) => k.name === related.kind) as Kind} twice={all.filter((other) => other.kind === related.kind).length > 1 || kind.about_it?.includes(related.kind) === true} />
      ))}
    </>
  );
}

/** Where a new one is made, with this record filled in; null where that is not for this person. */
export function addTo(of: Kind, field: string, id: string): string | null {
  const own = of.fields.find((one) => one.name === field);
  // A reference that Larder fills in by itself cannot be given.
  if (!own || own.derived || own.read_only || !may(of, "create")) return null;
  return `/${of.name}/new?${field}=${id}`;
}

function Card({ related, id, of, twice }: { related: Related; id: string; of: Kind; twice: boolean }) {
  const { data } = usePart<Page>(relatedPart(related, id));
  const add = addTo(of, related.field, id);
  if (!data || (data.data.length === 0 && !add)) return null;
  const label = twice ? `${related.label}, ${related.field_label.toLowerCase()}` : related.label;
  const total = data.page.total ?? data.data.length;
  const list = `/${of.name}?${related.field}=${id}`;
  return (
    <section class={data.data.length ? "card o5" : "card o5 is-empty"} aria-label={label}>
      <div class="card-head">
        <h2>{label}</h2>
        {total > 0 ? <span class="t13 muted">{total}</span> : <span class="t13 muted">{words.record.alsoHere}</span>}
        <div class="end">
          {total > TOP && (
            <Link class="more" href={list} aria-label={`${words.record.showAll(total)} ${of.many}`}>
              {words.record.showAll(total)}
              <Icon name="right" />
            </Link>
          )}
          {add && (
            <Link class="btn icon small quiet" href={add} aria-label={words.record.addOne(of.one)} title={words.record.addOne(of.one)}>
              <Icon name="plus" />
            </Link>
          )}
        </div>
      </div>
      {data.data.length > 0 && (
        <ul class="rows eqs">
          {data.data.slice(0, TOP).map((one) => (
            <li key={one.id}>
              <RelatedRow kind={of} row={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

