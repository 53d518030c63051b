/** The reports that there are for this person. */
import { Link } from "wouter-preact";
import { Icon, type IconName } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { reportWords as words } from "../../words/reports";
import { type Declared, useReports } from "./api";
import { ReportPage } from "./page";
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
  return name ? <ReportPage key={name} name={name} /> : <All />;
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
