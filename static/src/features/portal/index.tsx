/** The portal: four dashboards over a mail service, each at an address of its own, and how the portal is. */
import { lazy, Suspense } from "preact/compat";
import { Redirect } from "wouter-preact";
import { Screen } from "../../ui/screen";
import { Failed, Skeleton } from "../../ui/state";
import { portalWords as words } from "../../words/portal";
import { usePortal } from "./api";
import { NoSource } from "./no-source";
import { Page } from "./page";
import { NAMES, type Name } from "./shape";
import { Tabs } from "./tabs";
import "./style.css";

const Health = lazy(() => import("./health"));

export default function PortalScreen({ name }: { name?: string }) {
  const { data: portal, error, refetch } = usePortal();
  if (!portal) {
    return (
      <Screen title={words.title}>
        <div class="body">{error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Skeleton />}</div>
      </Screen>
    );
  }
  if (portal.sources.length === 0) return <NoSource manages={portal.may_manage} />;
  if (name === "health") {
    return (
      <Suspense fallback={<Screen title={words.title} tabs={<Tabs portal={portal} now="health" />}><Skeleton /></Screen>}>
        <Health portal={portal} />
      </Suspense>
    );
  }
  const allowed = portal.dashboards.map((one) => one.dashboard);
  const shown = NAMES.find((one) => one === name && allowed.includes(one));
  // An address that does not lead anywhere for this person leads to the first that does.
  if (!shown) return <Redirect to={`/portal/${allowed[0] ?? "health"}`} replace />;
  return <Page key={shown} name={shown as Name} portal={portal} />;
}
