/** The steps of a work order, and who ticked them when. */
import { Problem, type Page, type Row } from "../../kernel/api";
import { clock, dayOf, moment, today } from "../../kernel/format";
import { isTheirs } from "../../kernel/live/locks";
import { usePart } from "../../kernel/pages";
import { fieldOf, type Kind, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { type Step, Steps } from "../../ui/edit/steps";
import { words } from "../../words";
import { type Entry, historyPart } from "./api";
import { tickedBy } from "./sentences";

export function Checklist({ kind, row }: { kind: Kind; row: Row }) {
  const field = fieldOf(kind, "checklist");
  const history = usePart<Page<Entry>>(historyPart(kind.name, row.id)).data?.data ?? [];
  if (!field) return null;
  const steps = (row.checklist as Step[] | null) ?? [];
  const locked = !may(kind, "update") || field.read_only || isTheirs(kind.name, row.id);
  if (locked && steps.length === 0) return null;
  const done = steps.filter((step) => step.done).length;
  const save = (checklist: Step[]) => {
    // A tick is its own undo: no message for it.
    update(kind.name, row, { checklist: checklist.length ? checklist : null }, true).catch((problem: unknown) => {
      if (problem instanceof Problem && problem.status === 422) toast(problem.errors[0]?.message ?? problem.message, { tone: "danger" });
    });
  };
  const beside = (step: Step) => {
    const entry = tickedBy(history, step.text);
    if (!entry) return null;
    const when = dayOf(entry.at) === today() ? clock(entry.at) : moment(entry.at);
    return entry.user_name ? `${entry.user_name.split(" ")[0]}, ${when}` : when;
  };
  return (
    <section class="card o2" aria-label={words.record.checklist}>
      <div class="card-head">
        <h2>{field.label}</h2>
        {steps.length > 0 && <span class="t13 muted">{words.record.doneOf(done, steps.length)}</span>}
        {steps.length > 0 && (
          <div class="end checklist-bar">
            <div class="progress">
              <i style={{ width: `${(100 * done) / steps.length}%` }} />
            </div>
          </div>
        )}
      </div>
      {steps.length === 0 && <p class="muted t13 pad-x">{words.record.checklistStart}</p>}
      <Steps steps={steps} onChange={save} beside={beside} locked={locked} />
    </section>
  );
}
