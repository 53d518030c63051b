/** One import, from its columns to its result: what is shown follows where it stands on the server. */
import type { ComponentChildren } from "preact";
import { Link, useLocation } from "wouter-preact";
import { type Kind, useSchema } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { Columns } from "./columns";
import { Crumbs } from "./crumbs";
import { Done } from "./done";
import { Preview } from "./preview";
import { Progress, Stage } from "./progress";
import { Running } from "./running";
import { Steps } from "./steps";
import { lacking } from "./targets";
import { useImport, type Work as Doing } from "./use-import";

export function Work({ id }: { id: string }) {
  const { work, failed, retry } = useImport(id);
  const schema = useSchema();
  const kind = schema?.kinds.find((one) => one.name === work?.found.kind);
  if (failed?.status === 404) return <Gone />;
  if (failed) return <Screen title={words.imports.title}><Failed problem={failed} onRetry={retry} /></Screen>;
  if (!work || !kind) return <Screen title={words.imports.title}><Skeleton /></Screen>;
  const { state } = work.found;
  if (state === "running") return <At step={4} kind={kind}><Running work={work} /></At>;
  if (state === "draft" || state === "checking" || state === "checked") return <Setting work={work} kind={kind} />;
  return <At step={5} kind={kind}><Done work={work} kind={kind} /></At>;
}

function At({ step, kind, children }: { step: 4 | 5; kind: Kind; children: ComponentChildren }) {
  return (
    <Screen title={words.imports.title} lead={<><Crumbs kind={kind} /><Steps at={step} /></>}>
      <div class="body">{children}</div>
    </Screen>
  );
}

/** Before anything is written: columns alone at first, and from the first check on the whole picture. */
function Setting({ work, kind }: { work: Doing; kind: Kind }) {
  const { found, checked, busy, go } = work;
  const [, navigate] = useLocation();
  const looked = checked !== null || found.state === "checking";
  const counts = checked?.report.dry_run;
  const ready = counts ? counts.created + counts.updated : 0;
  const lacks = lacking(kind, found.columns)[0];
  const actions = (
    <>
      <Button look="quiet" class="desk" title={words.imports.draftHow} onClick={() => navigate("/import")}>{words.imports.draft}</Button>
      {looked ? (
        <Button look="primary" class="imp-go" disabled={ready === 0 || found.state === "checking"} onClick={() => void go("start")}>
          {ready === 0 ? words.imports.goNone : words.imports.go(ready, ready === 1 ? kind.one : kind.many)}
        </Button>
      ) : (
        <Button look="primary" class="imp-go" disabled={busy || !!lacks} onClick={() => void go("dry-run")}>{words.imports.check}</Button>
      )}
    </>
  );
  return (
    <Screen title={words.imports.title} lead={<><Crumbs kind={kind} /><Steps at={looked ? 3 : 2} /></>} actions={actions}>
      <div class="body imp-body">
        <div class="imp">
          {looked && <Checking work={work} />}
          {looked ? <Preview work={work} kind={kind} /> : <div class="whole"><Columns work={work} kind={kind} /></div>}
        </div>
      </div>
    </Screen>
  );
}

function Checking({ work: { found, checked } }: { work: Doing }) {
  const under = found.state === "checking";
  return (
    <Progress found={found} share={under ? undefined : checked ? 1 : 0} label={words.imports.checking}>
      <Stage state="done">{words.imports.readFile}</Stage>
      <Stage state={under ? "on" : "done"}>{under ? words.imports.checking : words.imports.checkedRows(found.total)}</Stage>
      <Stage state={under ? "waits" : "done"}>{words.imports.compare}</Stage>
      <span class="end muted">{words.imports.nothingWritten}</span>
    </Progress>
  );
}

function Gone() {
  return (
    <Screen title={words.imports.title}>
      <Empty icon="sheet" title={words.imports.expired} actions={<Link class="btn primary" href="/import">{words.imports.choose}</Link>}>
        {words.imports.expiredHow}
      </Empty>
    </Screen>
  );
}
