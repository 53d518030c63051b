/** One notification: what happened, as a sentence around the record's name. */
import { Link } from "wouter-preact";
import { ago, moment } from "../../kernel/format";
import type { Notification } from "../../kernel/notifications";
import { Icon } from "../../ui/icon";
import { notificationWords as say } from "../../words/notifications";

const ICONS: Record<Notification["sort"], string> = {
  assigned: "task",
  mentioned: "comment",
  lock_taken: "lock",
  import_finished: "upload",
  report_finished: "chart",
  export_finished: "download",
  gave_up: "octagon",
  webhook_off: "octagon",
};

export function Line({ one }: { one: Notification }) {
  const [before, after] = sentence(one);
  const title = one.record?.title ?? say.unnamed;
  return (
    <li class={one.read ? undefined : "is-new"}>
      <Icon name={ICONS[one.sort]} />
      <p class="grow">
        {before}
        {one.record ? <Link href={hrefOf(one.record)}>{title}</Link> : say.unnamed}
        {after}
        {!one.record && <small class="muted">{say.gone}</small>}
      </p>
      <time class="when" dateTime={one.at} title={moment(one.at)}>
        {ago(one.at)}
      </time>
      {!one.read && <span class="dot" role="img" aria-label={say.new} />}
    </li>
  );
}

/** What stands before the record's name and behind it. */
export function sentence({ sort, by, told }: Pick<Notification, "sort" | "by" | "told">): string[] {
  const who = by ?? say.somebody;
  if (sort === "assigned") return say.assigned(who);
  if (sort === "mentioned") return say.mentioned(who);
  if (sort === "lock_taken") return say.lockTaken(who);
  if (sort === "report_finished") return say.reportDone;
  if (sort === "webhook_off") return say.webhookOff;
  if (sort === "gave_up") return say.gaveUp;
  if (sort === "export_finished") return say.exportDone;
  if (told === "cancelled") return say.importCancelled(who);
  return told === "done" ? say.importDone : told === "reverted" ? say.importReverted : say.importFailed;
}

/**
 * Where the record is looked at: an import on the import's own screen, a webhook in the settings, what has none among the
 * background work.
 */
function hrefOf({ kind, id }: { kind: string; id: string }): string {
  if (kind === "imports") return `/import?id=${id}`;
  if (kind === "webhooks") return `/settings/webhooks/${id}`;
  return kind === "chores" ? "/settings/chores" : `/${kind}/${id}`;
}
