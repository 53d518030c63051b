/** One job: how far it is, what it is about, and the papers that came of it. After a request: thanks and its number. */
import { useSearch } from "wouter-preact";
import type { Problem } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, may } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { Failed, Skeleton } from "../../ui/state";
import { clientWords } from "../../words/client-area";
import { LISTS, recordPart, useRows } from "./api";
import { PaperChip, paperLine, StatusChip } from "./chips";
import { Facts } from "./facts";
import { Page } from "./frame";
import { paperName, siteName } from "./lines";
import { Trail } from "./now";
import { Block, Lines } from "./rows";

const w = clientWords;
const FACTS = ["site_id", "equipment_id", "priority", "scheduled_at", "due_at", "started_at", "completed_at"];

export function Job({ id }: { id: string }) {
  const placed = new URLSearchParams(useSearch()).has("placed");
  const found = usePart(recordPart("work-orders", id));
  const papers = useRows(LISTS.certificates, `&work_order_id=${id}`, may(kindOf("certificates"), "read") && !placed).rows ?? [];
  if (found.isError && !found.data) return <Failed problem={found.error as Problem} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton />;
  const order = found.data;
  return (
    <Page
      title={placed ? w.placed.title : String(order.title)}
      back={{ href: "/work-orders", label: w.back.jobs }}
      how={placed ? `${w.placed.number(String(order.number ?? ""))} ${w.placed.how}` : [order.number && w.job(String(order.number)), siteName(order)].filter(Boolean).join(", ")}
    >
      <div class="cl-grid one">
        <div>
          {placed && (
            <p class="cl-thanks" role="status">
              <Icon name="tick" />
              <b>{String(order.title)}</b>
            </p>
          )}
          {order.status !== "cancelled" && (
            <section class="card now" aria-label={w.jobs.steps}>
              <div class="cl-top">
                <h2>{w.jobs.steps}</h2>
                <StatusChip kind="work-orders" row={order} />
              </div>
              <Trail order={order} />
            </section>
          )}
          <section class="card cl-pad">
            {order.description != null && (
              <div class="stack gap-1">
                <h2>{w.jobs.described}</h2>
                <p class="cl-said">{String(order.description)}</p>
              </div>
            )}
            <Facts kind="work-orders" row={order} names={FACTS} />
          </section>
          {papers.length > 0 && (
            <Block title={w.jobs.papers}>
              <Lines
                lines={papers.map((paper) => ({
                  id: paper.id,
                  href: `/certificates/${paper.id}`,
                  title: `${paperName(paper)}, ${paper.number ?? ""}`,
                  small: paperLine(paper),
                  chip: <PaperChip paper={paper} />,
                }))}
              />
            </Block>
          )}
        </div>
      </div>
    </Page>
  );
}
