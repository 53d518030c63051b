/** Roles: the built-in ones and one's own, each with what it is for. */
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import type { Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, may, useSchema } from "../../kernel/schema";
import { role as ownRole } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { EditDialog } from "./edit-dialog";
import { label, rowsOf } from "./parts";
import { rightsOf } from "./rights";
import { Section } from "./section";

const ORDER = ["owner", "manager", "staff", "technician", "contractor", "client"];

export function Roles() {
  const { data, error, refetch } = usePart(rowsOf("roles"));
  const people = usePart(rowsOf("users"), kindOf("users") !== undefined);
  const roles = [...(data?.data ?? [])].sort((a, b) => place(a) - place(b));
  const held = (role: Row) => people.data?.data.filter((person) => person.role === role.name && person.active !== false).length ?? 0;
  return (
    <Section name="roles">
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && (
        <ul class="card setrows">
          {roles.map((role) => (
            <li key={role.id}>
              <Link class="grow setrow-name" href={`/settings/roles/${role.name}`}>
                <span class="two"><b>{label(role)}</b><small class="muted">{String(role.about ?? "")}</small></span>
              </Link>
              {people.data && <span class="muted desk beside">{words.settings.heldBy(held(role))}</span>}
              <span class="chip">{role.shipped ? words.settings.builtIn : words.settings.own}</span>
              <span class="muted"><Icon name="right" /></span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const place = (role: Row): number => {
  const at = ORDER.indexOf(String(role.name));
  return at < 0 ? ORDER.length : at;
};

/** Begins a role of one's own with the rights of another. */
export function CopyRole({ role }: { role: Row }) {
  const [open, setOpen] = useState(false);
  const [, go] = useLocation();
  const schema = useSchema();
  const kind = kindOf("roles");
  if (!kind || !schema || !may(kind, "create")) return null;
  const rights = rightsOf(role, schema.kinds, ownRole.value);
  const begin = { label: "", about: role.about, tier: role.tier };
  return (
    <>
      <Button icon="plus" onClick={() => setOpen(true)}>{words.settings.copyRole}</Button>
      {open && (
        <EditDialog
          kind={kind}
          row={null}
          title={words.settings.copyTitle(label(role))}
          fields={["label", "about"]}
          begin={begin}
          complete={(changes) => ({ ...changes, ...(rights ?? { grants: {} }), name: kebab(String(changes.label ?? "")) })}
          save={words.settings.copyRole}
          onClose={() => setOpen(false)}
          onSaved={(made) => go(`/settings/roles/${made.name}`)}
        />
      )}
    </>
  );
}

const kebab = (text: string): string => text.toLowerCase().normalize("NFKD").replaceAll(/[\u0300-\u036f]/g, "").replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "").slice(0, 60);
