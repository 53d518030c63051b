/** The top of a record: what it is called, where it stands, and the facts that matter. */
import { Problem } from "../../kernel/api";
import { type Field, fieldOf, useSchema } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { isBlind } from "../../ui/reference-link";
import { choiceLabel, State, valueOf } from "../../ui/value";
import { stateOf } from "../../kernel/kinds";
import { words } from "../../words";
import { Editable, Shown } from "./fact";
import { Figures } from "./figures";
import { useInline } from "./inline";
import { headingOf, type Layout, movesOf } from "./layout";

export function Top({ layout }: { layout: Layout }) {
  const { kind, row, editable } = useInline();
  const schema = useSchema();
  const { title, state, head } = layout;
  return (
    <div class="rec-top">
      <h1 data-path={title?.name}>{title ? <Editable field={title}>{headingOf(kind, row)}</Editable> : headingOf(kind, row)}</h1>
      <div class="rec-facts">
        {state && valueOf(row, state) != null && <Choice field={state} moves />}
        {head.filter((field) => !isBlind(schema, field, row) && (editable(field) || valueOf(row, field) != null)).map((field) => (
          <HeadFact key={field.name} field={field} />
        ))}
      </div>
      <Figures kind={kind} row={row} />
    </div>
  );
}

const ICONS: Record<string, string> = { date: "calendar", time: "clock", phone: "phone", email: "comment" };

function HeadFact({ field }: { field: Field }) {
  const { row, open } = useInline();
  const empty = valueOf(row, field) === null || valueOf(row, field) === undefined;
  if (field.type === "choice" && !empty && field.name === "priority") return <Choice field={field} />;
  const person = field.kind === "users";
  const icon = ICONS[field.type] ?? (person && empty ? "person" : field.kind === "companies" ? "building" : undefined);
  const bare = person || field.type === "phone" || field.type === "email" || field.kind === "companies";
  return (
    <span class="head-fact" data-path={field.name} title={field.label}>
      {icon && (
        <span class="muted">
          <Icon name={icon} />
        </span>
      )}
      {!bare && !open[field.name] && <span class="muted">{field.label}</span>}
      <Editable field={field}>
        {empty ? <span class="muted">{person ? words.record.nobody : bare ? field.label : words.empty}</span> : <Shown field={field} row={row} />}
      </Editable>
    </span>
  );
}

/** A choice as a chip; what it may become is one click away. */
function Choice({ field, moves }: { field: Field; moves?: boolean }) {
  const { row, kind, editable, begin } = useInline();
  const now = String(row[field.name]);
  const chip = <State field={field} value={now} />;
  if (!editable(field)) return chip;
  const next = moves ? movesOf(kind, field, row) : (field.choices ?? []).map((choice) => choice.name);
  const pick = async (name: string) => {
    if (name === now) return;
    try {
      await update(kind.name, row, { [field.name]: name });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 422) return;
      // Nobody does it yet: the field that is missing opens, instead of a complaint.
      const who = fieldOf(kind, "assigned_to");
      if (who && problem.errors.some((error) => error.code === "unassigned")) return begin(who, words.record.giveFirst);
      toast(problem.errors[0]?.message ?? problem.message, { tone: "danger" });
    }
  };
  return (
    <Menu
      label={field.label}
      items={next.map((name) => ({
        label: choiceLabel(field, name),
        icon: stateOf(field.choices?.find((choice) => choice.name === name)?.counts_as ?? name)[1],
        picked: name === now,
        onPick: () => void pick(name),
      }))}
      button={(open) => (
        <button {...open} type="button" class="chip-button" aria-label={words.record.moveTo(field.label, choiceLabel(field, now))}>
          {chip}
          <Icon name="down" />
        </button>
      )}
    />
  );
}
