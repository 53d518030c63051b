/** One machine: how it stands, its jobs, its papers. */
import type { Problem } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { clientWords } from "../../words/client-area";
import { LISTS, recordPart, useRows } from "./api";
import { PaperChip, paperLine, StatusChip } from "./chips";
import { Facts } from "./facts";
import { Page, RequestLink } from "./frame";
import { machineName, siteName, visitAt, whole } from "./lines";
import { Block, Lines } from "./rows";
import { Button } from "../../ui/button";

const w = clientWords;
const FACTS = ["type", "manufacturer", "model", "serial", "installed_on", "inspection_due", "calibration_due", "warranty_until"];
const JOBS = { kind: "work-orders", query: "sort=-created_at" };

export function Machine({ id }: { id: string }) {
  const found = usePart(recordPart("equipment", id));
  const jobs = useRows(JOBS, `&equipment_id=${id}`);
  const papers = useRows(LISTS.certificates, `&equipment_id=${id}`);
  if (found.isError && !found.data) return <Failed problem={found.error as Problem} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton />;
  const machine = found.data;
  const address = whole(machine, "site")?.address;
  return (
    <Page
      title={machineName(machine)}
      back={{ href: "/equipment", label: w.back.equipment }}
      how={[siteName(machine), address].filter(Boolean).join(", ")}
      action={<RequestLink query={`?site=${machine.site_id ?? ""}&machine=${id}`} label={w.equipment.request} />}
    >
      <div class="cl-grid">
        <div>
          <section class="card cl-pad">
            <p>
              <StatusChip kind="equipment" row={machine} />
            </p>
            <Facts kind="equipment" row={machine} names={FACTS} />
          </section>
          <Block title={w.equipment.jobs}>
            {jobs.rows?.length ? (
              <Lines
                lines={jobs.rows.map((order) => ({
                  id: order.id,
                  href: `/work-orders/${order.id}`,
                  title: String(order.title),
                  small: visitAt(order),
                  chip: <StatusChip kind="work-orders" row={order} />,
                }))}
              />
            ) : (
              <p class="card-body muted">{jobs.rows ? w.equipment.none : words.loading}</p>
            )}
            {jobs.hasNextPage && (
              <div class="cl-more">
                <Button class="wide" onClick={() => void jobs.fetchNextPage()}>
                  {w.more}
                </Button>
              </div>
            )}
          </Block>
        </div>
        <div>
          <Block title={w.equipment.certificates}>
            {papers.rows?.length ? (
              <Lines
                lines={papers.rows.map((paper) => ({
                  id: paper.id,
                  href: `/certificates/${paper.id}`,
                  title: String(paper.number ?? ""),
                  small: paperLine(paper),
                  chip: <PaperChip paper={paper} />,
                }))}
              />
            ) : (
              <p class="card-body muted">{papers.rows ? w.equipment.none : words.loading}</p>
            )}
          </Block>
        </div>
      </div>
    </Page>
  );
}
