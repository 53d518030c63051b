/** Before a mail service is connected: the way to connect one, or whom to ask for it. */
import { Link } from "wouter-preact";
import { PEOPLE } from "../../kernel/people";
import { usePart } from "../../kernel/pages";
import { may, useKind } from "../../kernel/schema";
import { Screen } from "../../ui/screen";
import { Empty } from "../../ui/state";
import { portalWords as words } from "../../words/portal";

export function NoSource({ manages }: { manages: boolean }) {
  const people = usePart(PEOPLE, !manages && may(useKind("users"), "read")).data?.data;
  const owners = people?.filter((one) => one.role === "owner").map((one) => String(one.name)) ?? [];
  return (
    <Screen title={words.title}>
      <div class="body">
        <Empty
          icon="portal"
          title={manages ? words.connect : words.noSource}
          actions={manages && <Link class="btn primary" href="/settings/mail-service">{words.connectGo}</Link>}
        >
          {manages ? words.connectHow : words.askOwner(owners.slice(0, 3))}
        </Empty>
      </div>
    </Screen>
  );
}
