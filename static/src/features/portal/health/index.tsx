/** How the portal is: one score with its parts, how old each dashboard is, what the service took, what was not as declared. */
import { useQuery } from "@tanstack/preact-query";
import { Link } from "wouter-preact";
import { get, type Problem } from "../../../kernel/api";
import { client } from "../../../kernel/query";
import { seesHealth, session } from "../../../kernel/session";
import { Icon } from "../../../ui/icon";
import { Screen } from "../../../ui/screen";
import { Empty, Failed, Skeleton } from "../../../ui/state";
import { useTick } from "../../../ui/tick";
import { portalHealthWords as words } from "../../../words/portal-health";
import { ageText, secondsSince } from "../age";
import type { Health as Seen, Portal } from "../shape";
import { Tabs } from "../tabs";
import { Alerts } from "./alerts";
import { Calls } from "./calls";
import { Dashboards } from "./dashboards";
import { Invalid } from "./invalid";
import { Review } from "./review";
import { Score } from "./score";
import "./style.css";

const EVERY_MS = 15_000;
const KEY = ["portal", "workspaces", "health"] as const;

export default function Health({ portal }: { portal: Portal }) {
  const { data, error, refetch } = useQuery<Seen, Problem>({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Seen>("portal/health", signal, client.getQueryData(KEY) ? "timer" : "visit"),
    staleTime: 0,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
  });
  return (
    <Screen title={words.title} lead={<h1 class="head-title">{words.portal}</h1>} tabs={<Tabs portal={portal} now="health" />} actions={data?.last_call_at ? <Last at={data.last_call_at} /> : undefined}>
      <div class="body pt-body">{data ? <Shown seen={data} portal={portal} /> : error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Skeleton />}</div>
    </Screen>
  );
}

function Last({ at }: { at: string }) {
  useTick();
  return <span class="t12 muted nowrap">{words.last(ageText(secondsSince(at)))}</span>;
}

function Shown({ seen, portal }: { seen: Seen; portal: Portal }) {
  return (
    <>
      {seen.score === null ? <Empty icon="pulse" title={words.none}>{words.noneHow}</Empty> : <Score score={seen.score} parts={seen.parts} findings={seen.findings} />}
      <div class="pt-two">
        <Dashboards dashboards={seen.dashboards} />
        <Calls calls={seen.calls} />
      </div>
      {seen.alerts.length > 0 && <Alerts alerts={seen.alerts} />}
      <Invalid errors={seen.errors} />
      {seen.score !== null && <Review />}
      <p class="ph-ways t13">
        {portal.may_manage && <Link class="btn" href="/settings/mail-service"><Icon name="sliders" />{words.service}</Link>}
        {session.value && seesHealth(session.value.user) && <Link class="btn quiet" href="/health"><Icon name="pulse" />{words.server}</Link>}
      </p>
    </>
  );
}
