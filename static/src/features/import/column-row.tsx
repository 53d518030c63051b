/** One column: its name, its first value, what it becomes, and what that means. */
import { kindOf, type Kind } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { importWords } from "../../words/imports";
import type { Column } from "./api";
import { fieldNamed, isKept, labelOf, OWN, sampleAs, type Target } from "./targets";
import type { Work } from "./use-import";

interface Props {
  work: Work;
  kind: Kind;
  column: Column;
  targets: Target[];
  mayKeep: boolean;
  onChoose: (target: string) => void;
}

export function ColumnRow({ work, kind, column, targets, mayKeep, onChoose }: Props) {
  const kept = isKept(work.found, column);
  return (
    <div class="columns-line" role="row">
      <span class="main-cell cut" role="cell" title={column.name}>{column.name}</span>
      <span class="dim cut" role="cell" title={column.sample.join(", ")}>{column.sample[0] ?? words.empty}</span>
      <span class="to" role="cell"><Icon name="arrow" /></span>
      <span role="cell">
        <select class="input small" aria-label={importWords.targetOf(column.name)} value={kept ? OWN : (column.field ?? "")} onChange={(event) => onChoose(event.currentTarget.value)}>
          <option value="">{importWords.leaveOut}</option>
          {mayKeep && column.filled > 0 && <option value={OWN}>{importWords.ownField}</option>}
          <hr />
          {targets.map((target) => (
            <option key={target.name} value={target.name}>{target.label}</option>
          ))}
        </select>
      </span>
      <span class="what" role="cell"><What work={work} kind={kind} column={column} kept={kept} onChoose={onChoose} /></span>
    </div>
  );
}

function What({ work: { found, checked, edit }, kind, column, kept, onChoose }: Omit<Props, "targets" | "mayKeep"> & { kept: boolean }) {
  // Nothing in the column tells the month from the day: only a person can.
  if ((kept || column.field) && Object.keys(column.dates ?? {}).length > 0 && column.ambiguous) {
    return (
      <select class="input small" data-unsure={!(column.name in found.settings.dates) || undefined} aria-label={importWords.dayOrder(column.name)}
        value={found.settings.dates[column.name] ?? ""} onChange={(event) => void edit({ dates: { [column.name]: event.currentTarget.value } })}>
        <option value="" disabled>{importWords.daysUnclear}</option>
        <option value="M/D/YYYY">{importWords.monthFirst}</option>
        <option value="D/M/YYYY">{importWords.dayFirst}</option>
      </select>
    );
  }
  if (kept) return <span class="muted">{importWords.kept(importWords.holds[column.holds] ?? "")}</span>;
  if (!column.field) {
    if (!column.suggestion || column.left_out) return <span class="muted">{importWords.leftOut}</span>;
    const meant = column.suggestion;
    return (
      <Button look="quiet" small icon="check" onClick={() => onChoose(meant)}>{importWords.perhaps(labelOf(kind, meant))}</Button>
    );
  }
  const field = fieldNamed(kind, column.field);
  const troubles = [...(checked?.report.rejections ?? []), ...(checked?.report.spellings ?? [])].filter((one) => one.field === column.field);
  if (troubles.length > 0) {
    return <span class="tone-warning flex"><Icon name="alert" />{importWords.unknownNames(troubles.length)}</span>;
  }
  const notes = [];
  if (field?.type === "reference") {
    const other = kindOf(field.kind ?? "");
    const made = found.settings.create_missing ? (checked?.report.made[field.kind ?? ""] ?? 0) : 0;
    notes.push(made > 0 ? importWords.namesAdded(made) : checked ? importWords.allKnown : importWords.namesToFind(other?.many ?? ""));
  } else if (field?.type === "choice") {
    notes.push(checked ? importWords.allKnown : Object.keys(column.values ?? {}).slice(0, 3).join(", "));
  } else notes.push(sampleAs(found, column, field));
  if (field?.type === "money") notes.push(importWords.currency(getTenant().currency));
  if (column.filled < found.total) notes.push(importWords.blank(found.total - column.filled));
  return <span class="muted cut">{notes.filter(Boolean).join(", ")}</span>;
}
