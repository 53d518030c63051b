/** People: who works here, with which role, and the links with which they come in. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { call, Problem, type Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { kindOf, may } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Avatar } from "../../ui/avatar";
import { Menu, type MenuItem } from "../../ui/menu";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { type Invitation, InvitationDialog } from "./invitation";
import { label, rowsOf } from "./parts";
import { PersonDialog } from "./person-dialog";
import { Section } from "./section";

export function People() {
  const kind = kindOf("users");
  const people = usePart(rowsOf("users"));
  const roles = usePart(rowsOf("roles"), kindOf("roles") !== undefined);
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<Row | "new" | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  if (!kind) return null;
  const owner = session.value?.user.role === "owner";
  const wanted = find.trim().toLowerCase();
  const rows = (people.data?.data ?? []).filter((row) => [row.name, row.email, row.role, row.region].some((text) => String(text ?? "").toLowerCase().includes(wanted)))
    // Who may sign in stands first.
    .sort((a, b) => Number(!a.role) - Number(!b.role));
  const roleLabel = (name: unknown) => label(roles.data?.data.find((role) => role.name === name) ?? ({ name } as unknown as Row));

  const makeLink = async (row: Row) => {
    try {
      setInvitation({ ...(await linkFor(row)), person: String(row.name) });
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.message, { tone: "danger" });
    }
  };
  const setActive = (row: Row, active: boolean) => {
    const also = active ? [] : [words.settings.switchedOff(String(row.name))];
    void update("users", row, { active }).then(() => also.forEach((text) => toast(text)), () => {});
  };
  const menu = (row: Row): MenuItem[] => [
    ...(may(kind, "update") ? [{ label: words.settings.edit, icon: "pencil", onPick: () => setOpen(row) }] : []),
    ...(owner && row.active !== false ? [{ label: words.settings.link, icon: "sign", onPick: () => void makeLink(row) }] : []),
    ...(may(kind, "update") && row.id !== session.value?.user.id
      ? [row.active === false
          ? { label: words.settings.switchOn, icon: "tick", onPick: () => setActive(row, true) }
          : { label: words.settings.switchOff, icon: "ban", danger: true, onPick: () => setActive(row, false) }]
      : []),
  ];
  return (
    <Section
      name="people"
      action={may(kind, "create") && <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{owner ? words.settings.invite : words.add(kind.one)}</Button>}
    >
      {people.error && !people.data && <Failed problem={people.error} onRetry={() => void people.refetch()} />}
      {!people.data && !people.error && <Skeleton />}
      {people.data && (
        <>
          <input class="input small find-people" type="search" aria-label={words.settings.findPeople} placeholder={words.settings.findPeople} value={find} onInput={(event) => setFind(event.currentTarget.value)} />
          <ul class="card setrows">
            {rows.map((row) => (
              <li key={row.id}>
                <Avatar name={String(row.name)} big />
                <span class="grow two">
                  <b class="cut">{String(row.name)}</b>
                  <small class="muted cut">{String(row.email ?? words.settings.noLogin)}</small>
                </span>
                <span class="muted desk beside">{row.role ? roleLabel(row.role) : ""}</span>
                {row.active === false && <span class="chip">{words.settings.off}</span>}
                <Menu label={words.settings.menuOf(String(row.name))} items={menu(row)} button={(opener) => <Button look="quiet" small icon="dots" label={words.settings.menuOf(String(row.name))} {...opener} />} />
              </li>
            ))}
            {rows.length === 0 && <li class="muted">{words.settings.noPeople}</li>}
          </ul>
          {people.data.page.has_more && <p class="muted t13">{words.settings.moreRows} <Link class="link" href="/users">{words.settings.openList(kind.many)}</Link></p>}
        </>
      )}
      {open && (
        <PersonDialog kind={kind} row={open === "new" ? null : open} roles={roles.data?.data ?? []} owner={owner} onClose={() => setOpen(null)}
          onMade={(row) => { if (owner && row.role && row.email) void makeLink(row); }} />
      )}
      {invitation && <InvitationDialog invitation={invitation} onClose={() => setInvitation(null)} />}
    </Section>
  );
}

/** An invitation, or for somebody who has a password already the way to a new one. */
async function linkFor(row: Row): Promise<Omit<Invitation, "person">> {
  try {
    return (await call<Invitation>("POST", `users/${row.id}/invite`, { body: {} })).data;
  } catch (refused) {
    if (!(refused instanceof Problem) || refused.status !== 409 || refused.code === "not_ready") throw refused;
    return (await call<Invitation>("POST", `users/${row.id}/reset-link`, { body: {} })).data;
  }
}
