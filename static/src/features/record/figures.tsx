/** What is counted of a company: each figure leads to the list that it counts. */
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { money, number } from "../../kernel/format";
import { type Part, usePart } from "../../kernel/pages";
import { keys } from "../../kernel/query";
import { type Kind, useSchema } from "../../kernel/schema";
import type { components } from "../../kernel/wire";
import { words } from "../../words";

type Statistics = components["schemas"]["CompanyStatistics"];

export const figuresPart = (id: string): Part<Statistics> => ({
  key: keys.figures("companies", id),
  name: "figures",
  path: `statistics/company/${id}`,
});

const OPEN = "status[in]=new,assigned,in_progress,on_hold";
/** More currencies than these are not told in a line. */
const MOST_SUMS = 2;

export function Figures({ kind, row }: { kind: Kind; row: Row }) {
  return kind.name === "companies" ? <OfCompany id={row.id} /> : null;
}

function OfCompany({ id }: { id: string }) {
  const { data } = usePart(figuresPart(id));
  const schema = useSchema();
  if (!data) return null;
  const stages = schema?.kinds.find((kind) => kind.name === "deals")?.fields.find((field) => field.name === "stage")?.choices ?? [];
  const open = stages.filter((stage) => stage.counts_as === "open").map((stage) => stage.name);
  const sums = Object.entries((data.open_deals?.sum ?? {}) as Record<string, number>).filter(([, minor]) => minor !== 0);
  const worth = sums.slice(0, MOST_SUMS).map(([currency, minor]) => money(minor, currency, true));
  const say = words.record.figures;
  const all = [
    { figure: data.sites, list: `/sites?company_id=${id}`, text: say.sites },
    { figure: data.equipment, list: `/equipment?company_id=${id}`, text: say.equipment },
    { figure: data.open_work_orders, list: `/work-orders?company_id=${id}&${OPEN}`, text: say.orders },
    { figure: data.open_deals, list: `/deals?company_id=${id}&stage[in]=${open.join()}`, text: say.deals, worth },
  ];
  const shown = all.filter(({ figure }) => figure !== undefined);
  if (shown.length === 0) return null;
  return (
    <ul class="rec-figures" aria-label={say.label}>
      {shown.map(({ figure, list, text, worth }) => (
        <li key={list}>
          <Link href={list}>
            <b>{number(figure?.count ?? 0)}</b> <span class="muted">{text(figure?.count ?? 0)}</span>
            {worth && worth.length > 0 && <span class="worth">{worth.join(" + ")}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
