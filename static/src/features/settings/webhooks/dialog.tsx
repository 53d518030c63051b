/** Sets a webhook up, or changes it. Its address is a secret and is not shown again by itself. */
import { useState } from "preact/hooks";
import { Problem } from "../../../kernel/api";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { words } from "../../../words";
import { capital } from "../../../words/en/parts";
import { webhookWords as say } from "../../../words/webhooks";
import { Tick } from "../edit-dialog";
import { change, create, type Webhook, type Webhooks, type Wish } from "./api";

/** Tells of an alert that has been told of already: only who wants it. */
const REPEATS = new Set<Webhook["events"][number]>(["alert.worsened"]);

interface Props {
  webhook: Webhook | null;
  events: Webhooks["events"];
  onClose: () => void;
  onMade?: (made: Webhook & { secret: string | null }, url: string) => void;
}

export function WebhookDialog({ webhook, events, onClose, onMade }: Props) {
  const allowed = events.filter((event) => event.allowed).map((event) => event.name);
  const [wish, setWish] = useState<Required<Omit<Wish, "enabled">>>({
    name: webhook?.name ?? "",
    sort: webhook?.sort ?? "slack",
    url: "",
    events: webhook?.events ?? allowed.filter((name) => !REPEATS.has(name)),
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const errorOf = (name: string) => problem?.errors.find((error) => error.pointer.replace(/^\//, "") === name)?.message;
  const known = ["name", "sort", "url", "events"];
  const general = problem && !known.some(errorOf) ? (problem.errors[0]?.message ?? problem.message) : null;
  const send = async () => {
    setBusy(true);
    try {
      if (webhook) {
        await change(webhook.id, { name: wish.name, events: wish.events, ...(wish.url.trim() && { url: wish.url }) });
        toast(say.saved);
      } else {
        const made = await create(wish);
        toast(say.made);
        onMade?.(made, wish.url);
      }
      onClose();
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused);
      setBusy(false);
    }
  };
  const tick = (name: Webhook["events"][number], on: boolean) =>
    setWish({ ...wish, events: on ? [...wish.events, name] : wish.events.filter((one) => one !== name) });
  return (
    <Dialog
      title={webhook ? say.editTitle(webhook.name) : say.add}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="primary" type="submit" form="webhook" disabled={busy}>{webhook ? say.save : say.add}</Button>
        </>
      }
    >
      <form id="webhook" class="stack gap-4" noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        {general && <p class="note-danger" role="alert">{general}</p>}
        <label class="stack gap-1">
          <span class="label">{say.name}</span>
          <input class="input" autofocus maxLength={100} value={wish.name} aria-invalid={errorOf("name") ? true : undefined} onInput={(event) => setWish({ ...wish, name: event.currentTarget.value })} />
          <Wrong text={errorOf("name")} />
        </label>
        {!webhook && (
          <label class="stack gap-1">
            <span class="label">{say.sort}</span>
            <select class="input" value={wish.sort} onChange={(event) => setWish({ ...wish, sort: event.currentTarget.value as Webhook["sort"] })}>
              {Object.entries(say.sorts).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
            </select>
            <span class="muted t12">{say.sortHow[wish.sort]}</span>
          </label>
        )}
        <label class="stack gap-1">
          <span class="label">{say.url}</span>
          <input class="input" type="url" inputMode="url" autocomplete="off" spellcheck={false} maxLength={2000} placeholder="https://" value={wish.url} aria-invalid={errorOf("url") ? true : undefined} onInput={(event) => setWish({ ...wish, url: event.currentTarget.value })} />
          <Wrong text={errorOf("url")} />
          <span class="muted t12">{webhook ? say.urlKept(webhook.host) : say.urlHow[wish.sort]}</span>
        </label>
        <fieldset class="stack gap-1 webhook-events">
          <legend class="label">{say.told}</legend>
          {events.map(({ name, allowed: may }) => {
            const on = wish.events.includes(name);
            // What somebody else chose can be taken out by whoever may not choose it.
            if (!may && !webhook?.events.includes(name)) return null;
            return <Tick key={name} label={capital(say.events[name] ?? name)} hint={say.eventHow[name]} value={on} onChange={(value) => tick(name, value)} />;
          })}
          {events.some((event) => !event.allowed) && <span class="muted t12">{say.onlyOperator}</span>}
          <Wrong text={errorOf("events")} />
        </fieldset>
      </form>
    </Dialog>
  );
}

function Wrong({ text }: { text: string | undefined }) {
  return text ? <span class="field-error" role="alert">{text}</span> : null;
}
