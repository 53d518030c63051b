/** Who else is told: chats and programs, how each of them goes, and one of them with its log. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Button } from "../../../ui/button";
import { Empty, Failed, Skeleton } from "../../../ui/state";
import { words } from "../../../words";
import { webhookWords as say } from "../../../words/webhooks";
import { Section } from "../section";
import { useWebhooks } from "./api";
import { WebhookDialog } from "./dialog";
import { One } from "./one";
import { SecretDialog } from "./secret";
import { how, StateChip } from "./state";
import "./style.css";

/** All of them; or one, by its id in the address. */
export default function Webhooks({ one }: { one?: string }) {
  const { data, error, refetch } = useWebhooks();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ name: string; url: string; secret: string | null } | null>(null);
  const chosen = data?.data.find((webhook) => webhook.id === one);
  if (one && data) {
    if (chosen) return <One key={chosen.id} webhook={chosen} events={data.events} />;
    return <Empty icon="bell" title={words.problem.gone} actions={<Link class="btn" href="/settings/webhooks">{say.back}</Link>}>{words.problem.goneHow}</Empty>;
  }
  const full = data !== undefined && data.data.length >= data.most;
  const add = <Button look="primary" icon="plus" disabled={!data || full} onClick={() => setAdding(true)}>{say.add}</Button>;
  return (
    <Section title={say.title} about={say.about} action={data?.data.length ? add : undefined}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data?.data.length === 0 && <Empty icon="bell" title={say.none} actions={add}>{say.noneHow}</Empty>}
      {data && data.data.length > 0 && (
        <ul class="card setrows webhooks">
          {data.data.map((webhook) => (
            <li key={webhook.id}>
              <StateChip state={webhook.state} />
              <Link class="two grow webhook-name" href={`/settings/webhooks/${webhook.id}`}>
                <b>{webhook.name}</b>
                <small class="muted wrap">{`${say.sorts[webhook.sort]} · ${webhook.host}`}</small>
              </Link>
              <span class="muted beside">{how(webhook)}</span>
            </li>
          ))}
        </ul>
      )}
      {full && <p class="muted t13">{say.full(data.most)}</p>}
      {adding && data && (
        <WebhookDialog
          webhook={null}
          events={data.events}
          onClose={() => setAdding(false)}
          onMade={(webhook, url) => webhook.secret && setMade({ name: webhook.name, url, secret: webhook.secret })}
        />
      )}
      {made && <SecretDialog {...made} onClose={() => setMade(null)} />}
    </Section>
  );
}
