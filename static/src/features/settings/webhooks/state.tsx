/** How a webhook goes, in a word and in a line. */
import { ago, moment } from "../../../kernel/format";
import { Icon, type IconName } from "../../../ui/icon";
import { webhookWords as say } from "../../../words/webhooks";
import type { Webhook } from "./api";

const LOOKS: Record<Webhook["state"], [tone: string | undefined, icon: IconName]> = {
  new: [undefined, "clock"],
  well: ["rest", "tick"],
  failing: ["warning", "refresh"],
  off: [undefined, "pause"],
  stopped: ["danger", "octagon"],
};

export function StateChip({ state }: { state: Webhook["state"] }) {
  const [tone, icon] = LOOKS[state];
  return <span class="chip" data-tone={tone}><Icon name={icon} />{say.states[state]}</span>;
}

/** The latest that is known of it. */
export function how({ state, failing_since, last_delivered_at, waiting }: Webhook): string {
  const parts = [
    state === "failing" && failing_since ? say.failing(moment(failing_since)) : last_delivered_at ? say.delivered(ago(last_delivered_at)) : "",
    waiting > 0 ? say.waiting(waiting) : "",
  ];
  return parts.filter(Boolean).join(" · ");
}
