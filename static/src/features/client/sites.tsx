/** Every place that is looked after. */
import { useState } from "preact/hooks";
import type { Problem, Row } from "../../kernel/api";
import { openPage, usePart } from "../../kernel/pages";
import { Failed, Skeleton } from "../../ui/state";
import { clientWords } from "../../words/client-area";
import { overviewParts } from "./api";
import { SiteChip } from "./chips";
import { Page, RequestLink } from "./frame";
import { Lines } from "./rows";
import { countsOf } from "./standing";

const w = clientWords;
const NONE: Row[] = [];

export function Sites() {
  const [parts] = useState(() => {
    const made = overviewParts();
    openPage("client", {}, [made.sites, made.equipment]);
    return made;
  });
  const sites = usePart(parts.sites);
  const found = usePart(parts.equipment).data;
  const machines = found?.data ?? NONE;
  const counted = found?.page.has_more === false;
  if (sites.isError && !sites.data) return <Failed problem={sites.error as Problem} onRetry={() => void sites.refetch()} />;
  if (!sites.data) return <Skeleton />;
  return (
    <Page title={w.sites.title} how={w.sites.sum(sites.data.data.length)} action={<RequestLink />}>
      <section class="card">
        <Lines
          lines={sites.data.data.map((site) => ({
            id: site.id,
            href: `/equipment?site=${site.id}`,
            title: String(site.name),
            small: String(site.address ?? ""),
            chip: counted ? <SiteChip counts={countsOf(machines.filter((machine) => machine.site_id === site.id))} /> : undefined,
          }))}
        />
      </section>
    </Page>
  );
}
