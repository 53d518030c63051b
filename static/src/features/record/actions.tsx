/** What one can do with the whole record. */
import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { Problem, type Row } from "../../kernel/api";
import { isTheirs, lockOf } from "../../kernel/live/locks";
import { type Kind, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { remove } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { words } from "../../words";

const Duplicates = lazy(() => import("./duplicates"));

export function Actions({ kind, row }: { kind: Kind; row: Row }) {
  const [, go] = useLocation();
  const [comparing, setComparing] = useState(false);
  const edit = `/${kind.name}/${row.id}/edit`;
  const theirs = isTheirs(kind.name, row.id);
  const why = theirs ? words.live.mayNotEdit(lockOf(kind.name, row.id)?.name ?? words.live.somebody) : undefined;
  const drop = async () => {
    try {
      await remove(kind.name, row);
      go(`/${kind.name}`);
    } catch (problem) {
      if (problem instanceof Problem) toast(problem.message, { tone: "danger" });
    }
  };
  const items = [
    ...(may(kind, "update") ? [{ label: words.record.edit, icon: theirs ? "lock" : "pencil", disabled: theirs, onPick: () => go(edit) }] : []),
    { label: words.record.print, icon: "print", onPick: () => print() },
    {
      label: words.record.copyLink,
      icon: "open",
      onPick: () => void navigator.clipboard?.writeText(location.href).then(() => toast(words.record.copied)),
    },
    ...(may(kind, "update") && may(kind, "delete")
      ? [{ label: words.record.duplicates, icon: "columns", disabled: theirs, onPick: () => setComparing(true) }]
      : []),
    ...(may(kind, "delete")
      ? [{ label: words.record.delete(kind.one), icon: "x", danger: true, disabled: theirs, onPick: () => void drop() }]
      : []),
  ];
  return (
    <>
      <span class="desk">
        <Button look="quiet" icon="print" label={words.record.print} onClick={() => print()} />
      </span>
      <Menu label={words.record.more} items={items} button={(open) => <Button {...open} look="quiet" icon="dots" label={words.record.more} />} />
      {may(kind, "update") && theirs && (
        <span class="desk" title={why}>
          <Button icon="lock" disabled aria-describedby="lock-banner">
            {words.record.edit}
          </Button>
        </span>
      )}
      {may(kind, "update") && !theirs && (
        <Link class="btn desk" href={edit}>
          <Icon name="pencil" />
          {words.record.edit}
        </Link>
      )}
      {comparing && (
        <Suspense fallback={null}>
          <Duplicates kind={kind} row={row} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </>
  );
}
