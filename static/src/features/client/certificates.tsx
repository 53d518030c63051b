/** Certificates, those that are valid longest first. */
import { usePart } from "../../kernel/pages";
import { clientWords } from "../../words/client-area";
import { LISTS, overviewParts, useRows } from "./api";
import { PaperChip, paperLine } from "./chips";
import { Page } from "./frame";
import { paperName, siteOf } from "./lines";
import { List } from "./rows";

const w = clientWords;

export function Certificates() {
  const found = useRows(LISTS.certificates);
  const sites = usePart(overviewParts().sites).data?.data ?? [];
  return (
    <Page title={w.certificates.title}>
      <List
        found={found}
        empty={{ icon: "award", title: w.certificates.none, how: w.certificates.noneHow }}
        line={(paper) => ({
          href: `/certificates/${paper.id}`,
          title: [paperName(paper), siteOf(paper, sites)].filter(Boolean).join(", "),
          small: [paper.number, paperLine(paper)].filter(Boolean).join(", "),
          chip: <PaperChip paper={paper} />,
        })}
      />
    </Page>
  );
}
