/** What a task, a note or a file is about, as a link. */
import { useQuery } from "@tanstack/preact-query";
import { Link } from "wouter-preact";
import { get, type Row } from "../../kernel/api";
import { keys } from "../../kernel/query";
import { may, useKind } from "../../kernel/schema";
import { titleOf } from "../../ui/value";
import { words } from "../../words";
import { useInline } from "./inline";

export function AboutFact() {
  const { row } = useInline();
  const kind = useKind(String(row.about_kind ?? ""));
  const id = row.about_id ? String(row.about_id) : null;
  const other = useQuery({
    queryKey: [...keys.record(kind?.name ?? "", id ?? ""), "title"],
    queryFn: ({ signal }) => get<Row>(`${kind?.name}/${id}?fields=id,version,${kind?.title}`, signal),
    enabled: id !== null && may(kind, "read"),
  }).data;
  if (!kind || !id) return null;
  return (
    <div class="fact">
      <dt>{words.form.about}</dt>
      <dd>
        <Link class="link reads" href={`/${kind.name}/${id}`}>
          {other ? titleOf(other) : kind.one}
        </Link>
      </dd>
    </div>
  );
}
