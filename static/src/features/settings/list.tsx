/** One of the lists that records pick from: services, products, categories, suppliers. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { fieldsOf, type Kind, may } from "../../kernel/schema";
import { remove } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Menu, type MenuItem } from "../../ui/menu";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { Value } from "../../ui/value";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { EditDialog } from "./edit-dialog";
import { label, rowsOf } from "./parts";
import { Section } from "./section";

/** What stands beside the name in its line. */
const BESIDE = ["minutes", "price", "number", "phone", "email"];

export function List({ kind }: { kind: Kind }) {
  const { data, error, refetch } = usePart(rowsOf(kind.name));
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const beside = fieldsOf(kind).filter((field) => BESIDE.includes(field.name)).slice(0, 2);
  const add = may(kind, "create") && (
    <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{words.settings.addTo(kind.one)}</Button>
  );
  const menu = (row: Row): MenuItem[] => [
    ...(may(kind, "update") ? [{ label: words.settings.edit, icon: "pencil", onPick: () => setOpen(row) }] : []),
    ...(may(kind, "delete") ? [{ label: words.settings.delete, icon: "x", danger: true, onPick: () => void remove(kind.name, row) }] : []),
  ];
  return (
    <Section title={capital(kind.many)} about={kind.about} action={data?.data.length ? add : null}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data?.data.length === 0 && <Empty icon="list" title={words.settings.noneYet(kind.many)} actions={add}>{kind.about}</Empty>}
      {data && data.data.length > 0 && (
        <ul class="card setrows">
          {data.data.map((row) => (
            <li key={row.id}>
              <button type="button" class="grow setrow-name" disabled={!may(kind, "update")} onClick={() => setOpen(row)}>
                <b>{label(row)}</b>
                {row.active === false && <span class="chip">{words.settings.off}</span>}
              </button>
              {beside.map((field) => <span key={field.name} class="muted desk beside"><Value field={field} row={row} short /></span>)}
              <Menu label={words.settings.menuOf(label(row))} items={menu(row)} button={(opener) => <Button look="quiet" small icon="dots" label={words.settings.menuOf(label(row))} {...opener} />} />
            </li>
          ))}
        </ul>
      )}
      {data?.page.has_more && <p class="muted t13">{words.settings.moreRows} <Link class="link" href={`/${kind.name}`}>{words.settings.openList(kind.many)}</Link></p>}
      {open && (
        <EditDialog
          kind={kind}
          row={open === "new" ? null : open}
          title={open === "new" ? words.form.make(kind.one) : label(open)}
          fields={fieldsOf(kind).filter((field) => !field.read_only && !field.own).map((field) => field.name)}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
