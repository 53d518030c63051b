/** A record's page: one load, then every card reads its own part. */
import { useEffect, useMemo } from "preact/hooks";
import { useLive } from "../../kernel/live/use-live";
import { openPage, usePart } from "../../kernel/pages";
import type { Row } from "../../kernel/api";
import { type Kind, may, type Schema, useKind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { LockBanner } from "../../ui/lock-banner";
import { Presence } from "../../ui/presence";
import { Screen } from "../../ui/screen";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Actions } from "./actions";
import { recordPart } from "../../kernel/record";
import { noteVisit, partsOf } from "./api";
import { Checklist } from "./checklist";
import { writing } from "./composer";
import { Crumbs } from "./crumbs";
import { Details } from "./details";
import { FilesCard } from "./files";
import { InlineContext, useInlineState } from "./inline";
import { headingOf, layoutOf } from "./layout";
import { MachineCard, SiteCard } from "./place";
import { RelatedCards } from "./related";
import { SheetFoot, SheetHead } from "./sheet";
import { Tasks } from "./tasks";
import { Timeline } from "./timeline";
import { Top } from "./top";
import { Work } from "./work";

export function RecordPage({ schema, kind, id }: { schema: Schema; kind: Kind; id: string }) {
  const parts = useMemo(() => {
    const all = partsOf(schema, kind, id);
    openPage("record", { kind: kind.name, id }, all);
    return all;
  }, [kind.name, id]);
  const record = usePart<Row>(parts[0] as ReturnType<typeof recordPart>);
  const there = record.data !== undefined;
  useLive(schema, kind, id);
  useEffect(() => {
    if (there) noteVisit(kind.name, id);
  }, [kind.name, id, there]);
  const row = record.data;
  const name = row ? String(row.number ?? headingOf(kind, row)) : capital(kind.one);
  return (
    <Screen
      title={row ? headingOf(kind, row) : capital(kind.one)}
      lead={<Crumbs kind={kind} id={id} name={name} />}
      actions={
        row && (
          <>
            <Presence kind={kind.name} id={id} />
            <Actions kind={kind} row={row} />
          </>
        )
      }
    >
      {row ? <Body kind={kind} row={row} /> : record.error ? <Failed problem={record.error} onRetry={() => void record.refetch()} /> : <Skeleton rows={10} />}
    </Screen>
  );
}

function Body({ kind, row }: { kind: Kind; row: Row }) {
  const inline = useInlineState(kind, row);
  const layout = useMemo(() => layoutOf(kind), [kind]);
  const notes = useKind("notes");
  // On a job the photos are part of the work; elsewhere they come last.
  const photosFirst = kind.name === "work-orders" || kind.name === "equipment";
  const noting = kind.about_it?.includes("notes") && may(notes, "create");
  return (
    <InlineContext.Provider value={inline}>
      <LockBanner kind={kind.name} id={row.id} />
      <SheetHead kind={kind} row={row} />
      <Top layout={layout} />
      <div class="body rec-body">
        <div class="rec">
          <div>
            <Details layout={layout} />
            <Checklist kind={kind} row={row} />
            <Work kind={kind} row={row} />
            {photosFirst && <FilesCard kind={kind} row={row} />}
            <RelatedCards kind={kind} row={row} />
            {!photosFirst && <FilesCard kind={kind} row={row} last />}
          </div>
          <div>
            <SiteCard kind={kind} row={row} />
            <MachineCard kind={kind} row={row} />
            <Tasks kind={kind} row={row} />
            <Timeline kind={kind} row={row} />
          </div>
        </div>
        <SheetFoot kind={kind} row={row} />
      </div>
      {noting && (
        <div class="thumb phone">
          <Button look="primary" icon="comment" class="touch" onClick={() => writing.value++}>
            {words.record.write}
          </Button>
        </div>
      )}
    </InlineContext.Provider>
  );
}
