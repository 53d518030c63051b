/** Files and photos of a record. */
import type { Page, Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { type Kind, may, useKind } from "../../kernel/schema";
import { Files } from "../../ui/files/grid";
import { words } from "../../words";
import { aboutPart } from "./api";

export function FilesCard({ kind, row, last }: { kind: Kind; row: Row; last?: boolean }) {
  const attachments = useKind("attachments");
  const shown = kind.about_it?.includes("attachments") === true && may(attachments, "read");
  const { data } = usePart<Page>(aboutPart("attachments", kind.name, row.id), shown);
  if (!shown || !attachments || !data) return null;
  // A row stands for bytes that were sent, so that the kind itself is not writable; the rights say who may.
  const allowed = (action: "create" | "delete") => (attachments.rights[action] ?? "none") !== "none";
  if (!data.data.length && !allowed("create")) return null;
  return (
    <section class={["card", last ? "o5" : "o3", !data.data.length && "is-empty"].filter(Boolean).join(" ")} aria-label={words.files.title}>
      <div class="card-head">
        <h2>{words.files.title}</h2>
        {data.data.length > 0 && <span class="t13 muted">{data.data.length}</span>}
      </div>
      <Files kind={kind.name} id={row.id} files={data.data} mayAdd={allowed("create")} mayDelete={allowed("delete")} />
    </section>
  );
}
