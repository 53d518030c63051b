/** One webhook: how it goes, a test of it, and what can be done with it; below stands its log. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { webhookWords as say } from "../../../words/webhooks";
import { Ask } from "../ask";
import { Section } from "../section";
import { change, type Message, remove, type Secret, secret, test, type Webhook, type Webhooks } from "./api";
import { answerOf } from "./answer";
import { attempt } from "./attempt";
import { WebhookDialog } from "./dialog";
import { Log } from "./log";
import { SecretDialog } from "./secret";
import { how, StateChip } from "./state";

export function One({ webhook, events }: { webhook: Webhook; events: Webhooks["events"] }) {
  const [, go] = useLocation();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const [shown, setShown] = useState<Secret | null>(null);
  const { id, name, enabled } = webhook;
  const gone = async () => {
    if (!(await attempt(async () => { await remove(id); return true; }))) return;
    toast(say.removed(name));
    go("/settings/webhooks");
  };
  const show = async () => setShown((await attempt(() => secret(id))) ?? null);
  return (
    <Section
      title={name}
      about={`${say.sorts[webhook.sort]} · ${webhook.host}`}
      lead={<Link class="more" href="/settings/webhooks"><Icon name="left" />{say.back}</Link>}
    >
      <div class="card webhook-now">
        <p class="webhook-state"><StateChip state={webhook.state} /><span class="muted">{how(webhook)}</span></p>
        <p class="t13">{say.toldOf(webhook.events.map((event) => say.events[event] ?? event))}</p>
        {webhook.stopped_because && <p class="note-danger">{`${say.stopped[webhook.stopped_because] ?? ""} ${say.stoppedHow}`}</p>}
        {webhook.alerts_held_back && <p class="note-danger">{say.heldBack}</p>}
        <Test id={id}>
          <Menu
            label={say.menu(name)}
            items={[
              { label: say.edit, icon: "pencil", onPick: () => setOpen("edit") },
              { label: say.secret, icon: "eye", onPick: () => void show() },
              { label: enabled ? say.switchOff : say.switchOn, icon: enabled ? "pause" : "check", onPick: () => void attempt(() => change(id, { enabled: !enabled })) },
              { label: say.remove, icon: "x", danger: true, onPick: () => setOpen("remove") },
            ]}
            button={(opener) => <Button look="quiet" icon="dots" label={say.menu(name)} {...opener} />}
          />
        </Test>
      </div>
      <Log webhook={webhook} />
      {open === "edit" && <WebhookDialog webhook={webhook} events={events} onClose={() => setOpen(null)} />}
      {open === "remove" && <Ask title={say.removeAsk(name)} how={say.removeHow} go={say.remove} onClose={() => setOpen(null)} onGo={() => void gone()} />}
      {shown && <SecretDialog name={name} {...shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

/** Sends a test and shows what the receiver said. */
function Test({ id, children }: { id: string; children: ComponentChildren }) {
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<Message | "late" | null>(null);
  const send = async () => {
    setBusy(true);
    setCame(null);
    const found = await attempt(() => test(id));
    if (found !== undefined) setCame(found ?? "late");
    setBusy(false);
  };
  return (
    <div class="stack gap-2">
      <div class="flex">
        <Button disabled={busy} onClick={() => void send()}>{busy ? say.testing : say.test}</Button>
        {children}
      </div>
      <div role="status" class="webhook-came">{came && <Came came={came} />}</div>
    </div>
  );
}

function Came({ came }: { came: Message | "late" }) {
  if (came === "late") return <p class="t13">{say.late}</p>;
  const answer = answerOf(came);
  return (
    <>
      <p class={came.error ? "note-danger" : "t13"}>{came.error ? say.failed(came.error) : say.arrived(came.took_ms ?? 0)}</p>
      {answer && <p class="muted t13 wrap webhook-outcome" title={answer}>{answer}</p>}
    </>
  );
}
