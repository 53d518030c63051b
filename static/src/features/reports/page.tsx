/** One report: what it is about, its figures, its chart, its table. What was chosen stands in the address. */
import { useEffect, useState } from "preact/hooks";
import { Link, useLocation, useSearch } from "wouter-preact";
import { Problem } from "../../kernel/api";
import { day, moment } from "../../kernel/format";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { reportWords as words } from "../../words/reports";
import { cancel, FORMATS, type Report, save, useReport, useReports } from "./api";
import { ReportChart } from "./chart";
import { Choices } from "./choices";
import { Progress } from "./progress";
import { leaveRun, runFor, stopRun } from "./run";
import { inUnit } from "./say";
import { ReportTable } from "./table";

export function ReportPage({ name }: { name: string }) {
  const { asked, run } = split(useSearch());
  const [, go] = useLocation();
  const [stopped, setStopped] = useState(false);
  const [stopping, setStopping] = useState<string | null>(null);
  const all = useReports();
  const declared = all.data?.find((report) => report.name === name);
  const { data, error, isFetching, isPlaceholderData, refetch } = useReport(name, asked, run);
  const under = runFor({ name, asked });
  // The address names the run while there is one, so that a page that is loaded anew goes on with it.
  const named = under?.id ?? (isFetching ? run : null);
  useEffect(() => {
    if (named !== run) go(addressOf(name, asked, named), { replace: true });
  }, [named, run, name, asked]);
  const title = declared?.title ?? data?.title ?? words.title;
  const choose = (query: string) => {
    setStopped(false);
    if (under && query !== asked) leaveRun(under.id);
    go(addressOf(name, query, null), { replace: true });
  };
  const stop = async () => {
    if (!under) {
      setStopped(true);
      return void cancel(name, asked);
    }
    setStopping(under.id);
    try {
      await stopRun(under.id);
    } catch (refused) {
      setStopping(null);
      // It had ended by then.
      if (refused instanceof Problem && refused.status !== 409) toast(refused.message, { tone: "danger" });
    }
  };
  const again = () => {
    setStopped(false);
    void refetch();
  };
  const shown = error || stopped ? undefined : data;
  return (
    <Screen
      title={title}
      lead={
        <>
          <Link class="btn quiet icon" href="/reports" aria-label={words.back} title={words.back}>
            <Icon name="left" />
          </Link>
          <h1 class="head-title">{title}</h1>
        </>
      }
      actions={
        <>
          <Button look="quiet" icon="print" class="desk" onClick={() => window.print()}>
            {words.print}
          </Button>
          {declared?.export && (
            <Menu
              label={words.save}
              items={FORMATS.map((format) => ({ label: words.formats[format], icon: format === "pdf" ? "print" : format === "xlsx" ? "sheet" : "list", onPick: () => save(name, asked, format) }))}
              button={(open) => (
                <button type="button" class="btn" {...open}>
                  <Icon name="download" />
                  {words.save}
                </button>
              )}
            />
          )}
        </>
      }
    >
      <div class="body">
        <div class="report">
          {declared && <p class="muted t13">{declared.about}</p>}
          {declared && declared.parameters.length > 0 && <Choices declared={declared.parameters} given={data?.parameters ?? []} asked={asked} onChange={choose} wrong={error?.errors ?? []} />}
          {isFetching && <Progress told={under?.told ?? null} again={isPlaceholderData || !!data} stopping={!!under && stopping === under.id} onCancel={() => void stop()} />}
          {(stopped || error?.code === "cancelled") && !isFetching ? (
            <Empty icon="pause" title={words.cancelled} actions={<Button onClick={again}>{words.tryAgain}</Button>} />
          ) : error && !isFetching ? (
            error.status === 422 ? (
              <Empty icon="alert" title={words.wrong} actions={<Button onClick={() => choose("")}>{words.reset}</Button>}>
                {error.errors.map((wrong) => wrong.message).join(" ") || error.message}
              </Empty>
            ) : error.code === "not_made" ? (
              <Empty icon="alert" title={words.notMade} actions={<Button onClick={again}>{words.tryAgain}</Button>}>
                {error.message}
              </Empty>
            ) : (
              <Failed problem={error} onRetry={again} />
            )
          ) : shown ? (
            <Shown report={shown} old={isPlaceholderData} />
          ) : (
            <Skeleton />
          )}
        </div>
      </div>
    </Screen>
  );
}

/** What is asked, and the run that is under way for it. */
function split(search: string): { asked: string; run: string | null } {
  const query = new URLSearchParams(search);
  const run = query.get("run");
  query.delete("run");
  return { asked: query.toString(), run };
}

export function addressOf(name: string, asked: string, run: string | null): string {
  const query = new URLSearchParams(asked);
  if (run) query.set("run", run);
  return query.size > 0 ? `/reports/${name}?${query}` : `/reports/${name}`;
}

function Shown({ report, old }: { report: Report; old: boolean }) {
  return (
    <div class="report-answer" aria-busy={old}>
      <h2 class="hidden-visually">{words.figures}</h2>
      <dl class="report-figures card">
        {report.summary.map((figure) => (
          <div key={`${figure.label}${figure.unit}`}>
            <dt>{figure.label}</dt>
            <dd>{inUnit(figure.value, figure.unit)}</dd>
          </div>
        ))}
      </dl>
      <ReportChart report={report} />
      <ReportTable report={report} />
      <div class="report-notes muted t12">
        <p>{words.made(moment(report.made_at), day(report.as_of))}</p>
        {report.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}
