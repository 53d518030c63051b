/** A certificate as a page of paper: to read, to print, to keep. */
import type { ComponentChildren } from "preact";
import type { Problem } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { fieldOf, kindOf } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Failed, Skeleton } from "../../ui/state";
import { choiceLabel } from "../../ui/value";
import { clientWords } from "../../words/client-area";
import { overviewParts, recordPart } from "./api";
import { PaperChip } from "./chips";
import { Page } from "./frame";
import { longDate, machineName, paperName, whole } from "./lines";
import { Mark } from "./mark";

const w = clientWords;

export function Paper({ id }: { id: string }) {
  const found = usePart(recordPart("certificates", id));
  const sites = usePart(overviewParts().sites).data?.data ?? [];
  if (found.isError && !found.data) return <Failed problem={found.error as Problem} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton />;
  const paper = found.data;
  const machine = whole(paper, "equipment");
  const site = sites.find((one) => one.id === machine?.site_id);
  const kind = kindOf("certificates");
  const result = kind && fieldOf(kind, "result");
  return (
    <Page
      title={paperName(paper)}
      back={{ href: "/certificates", label: w.back.certificates }}
      how={w.certificates.printHow}
      action={
        <Button look="primary" class="cl-do" icon="print" onClick={() => print()}>
          {w.certificates.print}
        </Button>
      }
    >
      <article class="card paper-sheet">
        <header>
          <Mark large />
          <b>{getTenant().name}</b>
          <span class="end">
            <PaperChip paper={paper} />
          </span>
        </header>
        <h2>
          {w.certificates.paper} {String(paper.number ?? "")}
        </h2>
        <dl>
          <Fact label={w.certificates.machine}>{machine && machineName(machine)}</Fact>
          <Fact label={w.certificates.serial}>{machine?.serial}</Fact>
          <Fact label={w.certificates.make}>{machine && [machine.manufacturer, machine.model].filter(Boolean).join(" ")}</Fact>
          <Fact label={w.certificates.site}>{site?.name}</Fact>
          <Fact label={w.certificates.address}>{site?.address}</Fact>
          <Fact label={w.certificates.result}>{paper.result != null && result && choiceLabel(result, String(paper.result))}</Fact>
          <Fact label={w.certificates.issued}>{longDate(paper.issued_on)}</Fact>
          <Fact label={w.certificates.ends}>{longDate(paper.valid_until) || w.certificates.noEnd}</Fact>
          <Fact label={w.certificates.by}>{getTenant().name}</Fact>
        </dl>
      </article>
    </Page>
  );
}

function Fact({ label, children }: { label: string; children: unknown }) {
  if (!children) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children as ComponentChildren}</dd>
    </div>
  );
}
