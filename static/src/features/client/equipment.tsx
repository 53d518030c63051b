/** The customer's machines: state and next inspection, by site. */
import { useId } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { usePart } from "../../kernel/pages";
import { clientWords } from "../../words/client-area";
import { LISTS, overviewParts, useRows } from "./api";
import { inspection, StatusChip } from "./chips";
import { Page, RequestLink } from "./frame";
import { machineName, siteName } from "./lines";
import { List } from "./rows";

const w = clientWords;

export function Equipment() {
  const [, go] = useLocation();
  const site = new URLSearchParams(useSearch()).get("site") ?? "";
  const sites = usePart(overviewParts().sites).data?.data ?? [];
  const found = useRows(LISTS.equipment, site ? `&site_id=${encodeURIComponent(site)}` : "");
  const id = useId();
  const here = sites.find((one) => one.id === site);
  return (
    <Page title={here ? String(here.name) : w.equipment.title} how={here?.address != null ? String(here.address) : undefined} action={<RequestLink query={site ? `?site=${site}` : ""} />}>
      {sites.length > 1 && (
        <div class="cl-filter">
          <label class="label" for={id}>
            {w.equipment.where}
          </label>
          <select id={id} class="input" value={site} onChange={(event) => go(event.currentTarget.value ? `/equipment?site=${event.currentTarget.value}` : "/equipment", { replace: true })}>
            <option value="">{w.equipment.all}</option>
            {sites.map((one) => (
              <option key={one.id} value={one.id}>
                {String(one.name)}
              </option>
            ))}
          </select>
        </div>
      )}
      <List
        found={found}
        empty={{ icon: "lift", title: w.equipment.empty, how: w.equipment.emptyHow }}
        line={(machine) => ({
          href: `/equipment/${machine.id}`,
          title: machineName(machine),
          small: [site ? String(machine.serial ?? "") : siteName(machine), machine.inspection_due && w.equipment.inspectionBy(inspection(machine))].filter(Boolean).join(", "),
          chip: <StatusChip kind="equipment" row={machine} />,
        })}
      />
    </Page>
  );
}
