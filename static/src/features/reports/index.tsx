/** The reports that there are for this person. */
import { useQuery } from "@tanstack/preact-query";
import { Link, Redirect } from "wouter-preact";
import { get, type Problem } from "../../kernel/api";
import { Icon, type IconName } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { reportWords as words } from "../../words/reports";
import { type Declared, useReports } from "./api";
import { addressOf, ReportPage } from "./page";
import type { Run } from "./run";
import "./style.css";

const ICONS: Record<string, IconName> = {
  pipeline: "board",
  forecast: "trend",
  "won-lost": "award",
  "work-orders": "clipboard",
  "equipment-due": "calendar",
  compliance: "shield",
  "site-health": "pulse",
  activity: "clock",
};

export default function Reports({ name }: { name?: string }) {
  if (!name) return <All />;
  return RUN.test(name) ? <Finished key={name} id={name} /> : <ReportPage key={name} name={name} />;
}

/** A notification names a run by its id. */
const RUN = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

function Finished({ id }: { id: string }) {
  const { data, error } = useQuery<Run, Problem>({ queryKey: ["reports", "run", id], queryFn: ({ signal }) => get<Run>(`reports/runs/${id}`, signal), retry: false });
  if (data) return <Redirect to={addressOf(data.report, new URLSearchParams(data.parameters).toString(), id)} replace />;
  return (
    <Screen title={words.title}>
      <div class="body">{error ? <Failed problem={error} /> : <Skeleton />}</div>
    </Screen>
  );
}

function All() {
  const { data, error, refetch } = useReports();
  return (
    <Screen title={words.title}>
      <div class="body">
        {data ? data.length > 0 ? <Cards reports={data} /> : <Empty icon="chart" title={words.none}>{words.noneHow}</Empty> : error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Skeleton />}
      </div>
    </Screen>
  );
}

function Cards({ reports }: { reports: Declared[] }) {
  return (
    <>
      <p class="muted t13 report-lead">{words.lead}</p>
      <ul class="report-cards">
        {reports.map((report) => (
          <li key={report.name}>
            <Link class="card report-card" href={`/reports/${report.name}`} aria-label={words.open(report.title)}>
              <Icon name={ICONS[report.name] ?? "chart"} />
              <span>
                <b>{report.title}</b>
                <span class="muted t13">{report.about}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
