/** The list of any kind: search, filters, views and columns in the address, rows as they come into sight. */
import { useEffect, useState } from "preact/hooks";
import { openPage, type Part, usePart } from "../../kernel/pages";
import { type Kind, may, type Schema, useSchema } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Screen } from "../../ui/screen";
import { Empty, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Inside, shownColumns } from "./inside";
import { firstPart } from "./rows";
import { queryFor } from "./use-list";
import { usePlace } from "./use-place";
import { viewsPart } from "./views";
import "./style.css";

export default function List({ kind: name }: { kind: string }) {
  const schema = useSchema();
  if (!schema) return <Skeleton />;
  const kind = schema.kinds.find((k) => k.name === name);
  if (kind && may(kind, "read")) return <ListOf key={name} kind={kind} schema={schema} />;
  return (
    <Screen title={words.problem.gone}>
      <Empty icon="alert" title={words.problem.gone}>
        {words.problem.goneHow}
      </Empty>
    </Screen>
  );
}

function ListOf({ kind, schema }: { kind: Kind; schema: Schema }) {
  const [place, move] = usePlace(kind.name);
  const hasViews = schema.kinds.some((k) => k.name === "views" && may(k, "read"));
  const views = viewsPart(kind.name);
  useState(() => {
    const query = queryFor(kind, schema, place, shownColumns(kind, place, undefined));
    // Which columns a view has is known once the views are; then its rows are asked for by themselves.
    const known = !place.view || place.columns !== null;
    openPage("list", { kind: kind.name, list: query }, [...(hasViews ? [views] : []), ...(known ? [firstPart(kind.name, query)] : [])] as Part[]);
  });
  const kept = usePart(views, hasViews);
  const all = kept.data?.data ?? [];
  const gone = place.view !== null && !kept.isFetching && !all.some((view) => view.id === place.view);
  useEffect(() => {
    if (!gone) return;
    if (kept.data) toast(words.list.views.gone, { tone: "info" });
    move({ view: null }, true);
  }, [gone]);
  if (place.view && hasViews && kept.isPending) {
    return (
      <Screen title={capital(kind.many)}>
        <Skeleton rows={16} />
      </Screen>
    );
  }
  return <Inside kind={kind} schema={schema} place={place} onMove={move} views={all} />;
}
