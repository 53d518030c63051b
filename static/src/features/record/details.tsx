/** All that is written down about a record, in two columns. */
import { useRef, useState } from "preact/hooks";
import { day } from "../../kernel/format";
import { useKeys } from "../../kernel/keys";
import type { Row } from "../../kernel/api";
import { type Field, type Kind, useSchema } from "../../kernel/schema";
import { type Recurrence, recurrenceText } from "../../ui/edit/plan";
import { isBlind } from "../../ui/reference-link";
import { valueOf } from "../../ui/value";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { AboutFact } from "./about-fact";
import { Editable, Fact } from "./fact";
import { useInline } from "./inline";
import type { Layout } from "./layout";
import { Well } from "./well";

const isEmpty = (row: Row, field: Field): boolean => {
  const value = valueOf(row, field);
  return value === null || value === undefined || value === "";
};

/** That a record is in use goes without saying; the form can change it. */
const isPlain = (row: Row, field: Field): boolean => field.name === "active" && valueOf(row, field) === true;

export function Details({ layout }: { layout: Layout }) {
  const inline = useInline();
  const { row } = inline;
  const [all, setAll] = useState(false);
  const card = useRef<HTMLElement>(null);
  const open = (field: Field) => field.name in inline.open || `custom.${field.name}` in inline.open;
  const schema = useSchema();
  const seen = (field: Field) => !isBlind(schema, field, row) && !isPlain(row, field);
  const fields = [...layout.facts.filter(seen), ...layout.says];
  useEditKey(card, inline.kind, fields.some(inline.editable));
  const empty = fields.filter((field) => isEmpty(row, field) && !open(field));
  // Who may not fill them in needs no empty ones.
  const offers = empty.length > 0 && fields.some(inline.editable);
  const folded = !all;
  const shown = (field: Field) => !folded || !isEmpty(row, field) || open(field);
  const facts = layout.facts.filter((field) => seen(field) && shown(field));
  const says = layout.says.filter(shown);
  const recurrence = row.recurrence as Recurrence | null;
  const nothing = facts.length + says.length === 0 && !row.about_id;
  return (
    <section class="card details" ref={card} aria-label={words.record.details}>
      <div class="card-head">
        <h2>{words.record.details}</h2>
      </div>
      {says.map((field) => (
        <div class="says" key={field.name} data-path={field.name}>
          {field.name !== "description" && <h3>{field.label}</h3>}
          {field.name === "description" && isEmpty(row, field) && <span class="muted">{field.label} </span>}
          <Editable field={field} />
        </div>
      ))}
      <dl class="facts">
        <AboutFact />
        {facts.map((field) => (
          <Fact key={field.name} field={field} />
        ))}
        {recurrence && (
          <div class="fact">
            <dt>{inline.kind.fields.find((field) => field.name === "recurrence")?.label}</dt>
            <dd>
              <span class="reads">{recurrenceText(recurrence, day)}</span>
            </dd>
          </div>
        )}
        <Position row={row} />
      </dl>
      {layout.wells.map((field) => (
        <div class="pad-well" key={field.name}>
          <Well field={field} row={row} editable />
        </div>
      ))}
      {nothing && <p class="muted t13 pad-x">{words.record.noDetails}</p>}
      {offers && (
        <button type="button" class="more fold" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.record.hideEmpty : words.record.emptyFields(empty.length)}
        </button>
      )}
    </section>
  );
}

/** Coordinates, with the way to a map. */
function Position({ row }: { row: Row }) {
  if (typeof row.lat !== "number" || typeof row.lng !== "number") return null;
  const at = `${row.lat.toFixed(5)}, ${row.lng.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${row.lat}&mlon=${row.lng}#map=17/${row.lat}/${row.lng}`;
  return (
    <div class="fact">
      <dt>{words.record.position}</dt>
      <dd>
        <a class="link reads" href={map} target="_blank" rel="noreferrer noopener" title={words.record.map}>
          {at}
        </a>
      </dd>
    </div>
  );
}

/** `e` changes the field under the pointer or the focus, else the first one. */
function useEditKey(card: { current: HTMLElement | null }, kind: Kind, may: boolean): void {
  const run = () => {
    const page = card.current?.closest("main");
    const place = page?.querySelector("[data-path]:focus-within") ?? page?.querySelector("[data-path]:hover") ?? card.current;
    place?.querySelector<HTMLElement>(".pencil")?.click();
  };
  useKeys({ e: may ? { label: words.record.changeHere, run } : undefined }, capital(kind.one));
}
