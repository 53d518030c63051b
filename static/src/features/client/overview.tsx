/** The first screen: how all stands, what happens now, who comes when. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Problem, Row } from "../../kernel/api";
import { clock, dayOf, monthName, nearDay } from "../../kernel/format";
import { openPage, usePart } from "../../kernel/pages";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { clientWords } from "../../words/client-area";
import { overviewParts, statesPart } from "./api";
import { PaperChip, paperLine, SiteChip, StatusChip } from "./chips";
import { Page, RequestLink } from "./frame";
import { jobLine, paperName, siteName, siteOf } from "./lines";
import { Trail } from "./now";
import { Block, Lines, MoreLink } from "./rows";
import { countsOf, countStates, current, liveOrder, visits } from "./standing";

const w = clientWords;
const NONE: Row[] = [];
const SHOWN = 5;

export function Overview() {
  const [parts] = useState(() => {
    const made = overviewParts();
    openPage("client", {}, Object.values(made));
    return made;
  });
  const sites = usePart(parts.sites);
  const machines = usePart(parts.equipment);
  const orders = usePart(parts.orders).data?.data ?? NONE;
  const papers = usePart(parts.certificates).data;
  const many = machines.data?.page.has_more === true;
  const states = usePart(statesPart(), many).data;
  if (machines.isError && !machines.data) return <Failed problem={machines.error as Problem} onRetry={() => void machines.refetch()} />;
  if (!machines.data || !sites.data) return <Skeleton />;
  const counts = many && states ? countStates(states.groups.map((g) => [String(g.value), g.count])) : countsOf(machines.data.data);
  const live = liveOrder(orders);
  const coming = visits(orders);
  const valid = current(papers?.data ?? NONE);
  return (
    <Page title={w.headline(counts.running, counts.all)} how={w.standing(counts.inWork, counts.out, coming.length)} action={<RequestLink />}>
      <div class="cl-grid">
        <div>
          {live && <Now order={live} />}
          <SiteTable sites={sites.data.data} machines={many ? null : machines.data.data} orders={orders} />
          <Block title={w.jobs.openTitle} end={<MoreLink href="/work-orders" label={w.back.jobs} />}>
            {orders.length ? (
              <Lines
                lines={orders.slice(0, SHOWN).map((order) => ({
                  id: order.id,
                  href: `/work-orders/${order.id}`,
                  title: String(order.title),
                  small: jobLine(order),
                  chip: <StatusChip kind="work-orders" row={order} />,
                }))}
              />
            ) : (
              <p class="card-body muted">{w.jobs.noneHow}</p>
            )}
          </Block>
        </div>
        <div>
          <Visits orders={coming.slice(0, SHOWN)} />
          <Block title={w.certificates.title} end={<MoreLink href="/certificates" label={w.certificates.all(papers?.page.has_more ? "" : String(papers?.data.length ?? 0))} />}>
            {valid.length ? (
              <Lines
                lines={valid.slice(0, SHOWN).map((paper) => ({
                  id: paper.id,
                  href: `/certificates/${paper.id}`,
                  title: [paperName(paper), siteOf(paper, sites.data?.data ?? NONE)].filter(Boolean).join(", "),
                  small: paperLine(paper),
                  chip: <PaperChip paper={paper} />,
                }))}
              />
            ) : (
              <p class="card-body muted">{w.certificates.noneHow}</p>
            )}
          </Block>
        </div>
      </div>
    </Page>
  );
}

function Now({ order }: { order: Row }) {
  return (
    <section class="card now">
      <div class="cl-top">
        <div>
          <h2>
            <Link href={`/work-orders/${order.id}`}>{String(order.title)}</Link>
          </h2>
          <p class="t13 muted">{[siteName(order), order.number && w.job(String(order.number))].filter(Boolean).join(". ")}</p>
        </div>
        <StatusChip kind="work-orders" row={order} />
      </div>
      <Trail order={order} />
    </section>
  );
}

function Visits({ orders }: { orders: Row[] }) {
  return (
    <Block title={w.visits.title}>
      {orders.length === 0 ? (
        <p class="card-body muted">{w.visits.none}</p>
      ) : (
        <Lines
          lines={orders.map((order) => {
            const at = String(order.scheduled_at);
            return {
              id: order.id,
              href: `/work-orders/${order.id}`,
              title: String(order.title),
              small: [siteName(order), clock(at)].filter(Boolean).join(", "),
              lead: (
                <span class="date">
                  <b>{Number(dayOf(at).slice(8))}</b>
                  <small>{monthName(dayOf(at), "short")}</small>
                </span>
              ),
            };
          })}
        />
      )}
    </Block>
  );
}

/** Without the machines, when there are more than were sent, only what is planned is told of a site. */
export function SiteTable({ sites, machines, orders }: { sites: Row[]; machines: Row[] | null; orders: Row[] }) {
  return (
    <Block title={w.sites.title} sum={w.sites.sum(sites.length)}>
      <table class="grid by-site">
        <colgroup>
          <col />
          <col class="w-count" />
          <col class="w-now" />
          <col class="w-next" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{w.sites.site}</th>
            <th scope="col">{w.sites.machines}</th>
            <th scope="col">{w.sites.now}</th>
            <th scope="col">{w.sites.next}</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => {
            const counts = machines && countsOf(machines.filter((machine) => machine.site_id === site.id));
            const next = visits(orders.filter((order) => order.site_id === site.id))[0]?.scheduled_at;
            return (
              <tr key={site.id}>
                <td class="main-cell">
                  <Link href={`/equipment?site=${site.id}`} class="all-row">
                    {String(site.name)}
                  </Link>
                </td>
                <td class="s3 dim">{counts ? w.site.running(counts.running, counts.all) : w.site.see}</td>
                <td class="s2">{counts && <SiteChip counts={counts} />}</td>
                <td class="s4 dim">{next ? nearDay(dayOf(String(next))) : words.empty}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Block>
  );
}
