/** A person: name, address, role, and for outsiders whose records they see. */
import type { Row } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";
import { words } from "../../words";
import { EditDialog } from "./edit-dialog";
import { label } from "./parts";

interface Props {
  kind: Kind;
  row: Row | null;
  roles: Row[];
  owner: boolean;
  onClose: () => void;
  onMade: (row: Row) => void;
}

export function PersonDialog({ kind, row, roles, owner, onClose, onMade }: Props) {
  const role = (value: unknown, change: (value: unknown) => void) => (
    <label class="stack gap-1">
      <span class="label">{words.settings.columns.role}</span>
      <select class="input" value={String(value ?? "")} onChange={(event) => change(event.currentTarget.value || null)}>
        <option value="">{words.settings.noLogin}</option>
        {roles.map((one) => <option key={one.id} value={String(one.name)}>{label(one)}</option>)}
      </select>
    </label>
  );
  // Who signs in is the owner's matter alone.
  const login = owner ? ["role", "company_id", "contractor_id"] : [];
  return (
    <EditDialog
      kind={kind}
      row={row}
      title={row ? String(row.name) : words.settings.inviteTitle}
      fields={["name", "email", ...login, "phone", "manager", "region"]}
      begin={owner ? { role: "staff" } : {}}
      inputs={{ role }}
      save={row ? undefined : owner ? words.settings.inviteGo : undefined}
      onClose={onClose}
      onSaved={row ? undefined : onMade}
    />
  );
}
