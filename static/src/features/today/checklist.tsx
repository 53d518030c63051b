/** The steps of a job, ticked one by one. */
import type { Row } from "../../kernel/api";
import { fieldOf, type Kind, may } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { todayWords } from "../../words/today";
import { tick } from "./change";
import { stepsDone, stepsOf, ticked } from "./order";

const w = todayWords.checklist;

export function Checklist({ order, kind }: { order: Row; kind: Kind | undefined }) {
  const steps = stepsOf(order);
  if (steps.length === 0) return null;
  const field = kind && fieldOf(kind, "checklist");
  const open = order.status !== "invoiced" && order.status !== "cancelled";
  const mayTick = open && may(kind, "update") && field !== undefined && !field.read_only;
  return (
    <section class="bit">
      <header>
        <h3>{w.title}</h3>
        <span class="muted">{w.done(stepsDone(steps), steps.length)}</span>
      </header>
      <div class="progress" aria-hidden="true">
        <i style={{ width: `${(100 * stepsDone(steps)) / steps.length}%` }} />
      </div>
      <ul>
        {steps.map((step, at) => (
          <li key={at}>
            <button
              type="button"
              role="checkbox"
              class="step"
              aria-checked={step.done === true}
              disabled={!mayTick}
              onClick={() => tick(order, { checklist: ticked(steps, at) }).catch(() => {})}
            >
              <span class="check">
                <Icon name="check" />
              </span>
              <span>{step.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
