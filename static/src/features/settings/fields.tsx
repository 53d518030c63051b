/** Fields of one's own, by the kind that they belong to. */
import { useState } from "preact/hooks";
import type { Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, may, useSchema } from "../../kernel/schema";
import { remove } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Menu } from "../../ui/menu";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Ask } from "./ask";
import { FieldDialog } from "./field-dialog";
import { label, rowsOf } from "./parts";
import { Section } from "./section";

export function Fields() {
  const { data, error, refetch } = usePart(rowsOf("custom-fields"));
  const schema = useSchema();
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const [asking, setAsking] = useState<Row | null>(null);
  const kind = kindOf("custom-fields");
  if (!kind) return null;
  const rows = data?.data ?? [];
  const kinds = schema?.kinds.filter((one) => rows.some((row) => row.kind === one.name)) ?? [];
  const add = may(kind, "create") && <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{words.settings.addField}</Button>;
  return (
    <Section name="fields" action={rows.length > 0 && add}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && rows.length === 0 && <Empty icon="columns" title={words.settings.noFields} actions={add}>{words.settings.noFieldsHow}</Empty>}
      {kinds.map((of) => (
        <div key={of.name} class="stack">
          <h3>{capital(of.many)}</h3>
          <ul class="card setrows">
            {rows.filter((row) => row.kind === of.name).map((row) => (
              <li key={row.id}>
                <button type="button" class="grow setrow-name" disabled={!may(kind, "update")} onClick={() => setOpen(row)}>
                  <span class="two"><b>{label(row)}</b><small class="muted">{facts(row)}</small></span>
                </button>
                {may(kind, "update") && (
                  <Menu label={words.settings.menuOf(label(row))}
                    items={[
                      { label: words.settings.edit, icon: "pencil", onPick: () => setOpen(row) },
                      { label: words.settings.delete, icon: "x", danger: true, disabled: !may(kind, "delete"), onPick: () => setAsking(row) },
                    ]}
                    button={(opener) => <Button look="quiet" small icon="dots" label={words.settings.menuOf(label(row))} {...opener} />} />
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {open && <FieldDialog kind={kind} row={open === "new" ? null : open} onClose={() => setOpen(null)} />}
      {asking && (
        <Ask title={words.settings.deleteField(label(asking))} how={words.settings.deleteFieldHow} go={words.settings.delete} onClose={() => setAsking(null)} onGo={() => void remove("custom-fields", asking)} />
      )}
    </Section>
  );
}

function facts(row: Row): string {
  const options = row.options as string[] | null;
  return [
    options ? words.settings.choices(options.length) : (words.settings.types[String(row.type)] ?? String(row.type)),
    row.required === true && words.settings.required,
    row.filterable === true && words.settings.filterable,
    row.client_visible === true && words.settings.clientVisible,
  ].filter(Boolean).join(" · ");
}
