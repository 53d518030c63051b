/** What was sent to one webhook, what came of it, and sending something again. */
import { useState } from "preact/hooks";
import { ago, clock, moment } from "../../../kernel/format";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Icon, type IconName } from "../../../ui/icon";
import { Empty, Failed, Skeleton } from "../../../ui/state";
import { capital } from "../../../words/en/parts";
import { webhookWords as say } from "../../../words/webhooks";
import { answerOf } from "./answer";
import { attempt } from "./attempt";
import { type Message, resend, useLog, type Webhook } from "./api";

const LOOKS: Record<Message["state"], [tone: string | undefined, icon: IconName]> = {
  waiting: [undefined, "clock"],
  retrying: ["warning", "refresh"],
  delivered: ["rest", "tick"],
  given_up: ["danger", "octagon"],
};

export function Log({ webhook }: { webhook: Webhook }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useLog(webhook.id);
  const messages = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-label={say.log} class="webhook-log">
      <h3>{say.log}</h3>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {data && messages.length === 0 && <Empty icon="list" title={say.logNone}>{say.logNoneHow}</Empty>}
      {messages.length > 0 && (
        <ul class="card setrows webhooks">
          {messages.map((message) => <Line key={message.id} webhook={webhook} message={message} />)}
        </ul>
      )}
      {hasNextPage && <div class="flex"><Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{say.more}</Button></div>}
    </section>
  );
}

function Line({ webhook, message }: { webhook: Webhook; message: Message }) {
  const [busy, setBusy] = useState(false);
  const [tone, icon] = LOOKS[message.state];
  const again = async () => {
    setBusy(true);
    if (await attempt(async () => { await resend(webhook.id, message.id); return true; })) toast(say.resent);
    setBusy(false);
  };
  return (
    <li>
      <span class="chip" data-tone={tone}><Icon name={icon} />{say.messages[message.state]}</span>
      <div class="two grow">
        <b>{message.text}</b>
        <small class="muted wrap webhook-outcome" title={outcome(message)}>{outcome(message)}</small>
        <details>
          <summary>{say.body}</summary>
          <pre class="mono t12">{pretty(message.body)}</pre>
        </details>
      </div>
      <span class="muted beside webhook-when">
        <span>{capital(say.events[message.event] ?? message.event)}</span>
        <time dateTime={message.at} title={moment(message.at)}>{ago(message.at)}</time>
      </span>
      <Button look="quiet" small disabled={busy || !webhook.enabled || message.state === "waiting"} aria-label={say.resendOf(message.text)} onClick={() => void again()}>
        {say.resend}
      </Button>
    </li>
  );
}

function outcome(message: Message): string {
  const tried = message.attempts > 1 || message.state === "retrying" ? say.attempts(message.attempts) : "";
  const next = message.state === "retrying" && message.next_at ? say.next(clock(message.next_at)) : "";
  return [message.error, tried, next, answerOf(message)].filter(Boolean).join(" · ");
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
