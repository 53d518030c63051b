/** Beside a record: the site where it is, and the machine that it is about. */
import { Link } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { fieldOf, type Kind, may, useKind } from "../../kernel/schema";
import { iconOf } from "../../kernel/kinds";
import { Icon } from "../../ui/icon";
import { referred, State, titleOf } from "../../ui/value";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Well } from "./well";

export function SiteCard({ kind, row }: { kind: Kind; row: Row }) {
  const field = fieldOf(kind, "site_id");
  const sites = useKind("sites");
  const site = field && referred(row, field);
  if (!site || !sites || site.id !== row.site_id || !may(sites, "read")) return null;
  const codes = fieldOf(sites, "access_codes");
  const phone = site.phone ? String(site.phone) : null;
  return (
    <section class="card o1" aria-label={sites.one}>
      <div class="card-head">
        <h2 class="cut">{titleOf(site)}</h2>
        <div class="end">
          <Link class="more" href={`/sites/${site.id}`}>
            {capital(sites.one)}
            <Icon name="right" />
          </Link>
        </div>
      </div>
      <div class="site">
        {(site.address || phone) && (
          <p class="soft">
            {site.address && <span class="lines">{String(site.address)}</span>}
            {phone && (
              <>
                <br />
                <a class="link" href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>
                  {phone}
                </a>
              </>
            )}
          </p>
        )}
        {codes && <Well field={codes} row={site} />}
        {!site.address && !phone && !site.access_codes && <p class="muted">{words.record.noDetails}</p>}
      </div>
    </section>
  );
}

export function MachineCard({ kind, row }: { kind: Kind; row: Row }) {
  const field = fieldOf(kind, "equipment_id");
  const machines = useKind("equipment");
  const machine = field && referred(row, field);
  if (!machine || !machines || machine.id !== row.equipment_id) return null;
  const status = fieldOf(machines, "status");
  return (
    <section class="card o5" aria-label={capital(machines.many)}>
      <div class="card-head">
        <h2>{capital(machines.many)}</h2>
      </div>
      <ul class="rows eqs">
        <li>
          <Link class="row-link" href={`/equipment/${machine.id}`}>
            <Icon name={iconOf("equipment")} />
            <span class="grow">
              <b>{titleOf(machine)}</b>
              {machine.serial ? <small>{String(machine.serial)}</small> : null}
            </span>
            {status && machine.status ? <State field={status} value={String(machine.status)} /> : null}
          </Link>
        </li>
      </ul>
    </section>
  );
}
