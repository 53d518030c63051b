/** Small marks that say how something stands. */
import type { Row } from "../../kernel/api";
import { day, nearDay } from "../../kernel/format";
import { fieldOf, kindOf } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { State } from "../../ui/value";
import { clientWords } from "../../words/client-area";
import { type Counts, standingOf } from "./standing";

const w = clientWords;

const PAPER = {
  valid: ["rest", "tick"],
  soon: ["warning", "clock"],
  ended: ["danger", "ban"],
  failed: ["danger", "ban"],
} as const;

export function PaperChip({ paper }: { paper: Row }) {
  const standing = standingOf(paper);
  const [tone, icon] = PAPER[standing];
  return (
    <span class="chip" data-tone={tone}>
      <Icon name={icon} />
      {w.certificates[standing]}
    </span>
  );
}

export function paperLine(paper: Row): string {
  if (standingOf(paper) === "failed") return paper.issued_on ? w.certificates.tried(day(String(paper.issued_on))) : "";
  if (!paper.valid_until) return w.certificates.noEnd;
  const until = day(String(paper.valid_until));
  return standingOf(paper) === "ended" ? w.certificates.endedOn(until) : w.certificates.until(until);
}

export function StatusChip({ kind, row }: { kind: string; row: Row }) {
  const known = kindOf(kind);
  const field = known && fieldOf(known, "status");
  return field && row.status != null ? <State field={field} value={String(row.status)} /> : null;
}

/** How the machines of a site stand, the worst first. */
export function SiteChip({ counts }: { counts: Counts }) {
  if (counts.all === 0) return <span class="dim">{w.site.none}</span>;
  const [tone, icon, text] =
    counts.out > 0
      ? ["danger", "ban", w.site.out(counts.out)]
      : counts.inWork > 0
        ? ["info", "half", w.site.inWork(counts.inWork)]
        : ["rest", "tick", w.site.allRunning];
  return (
    <span class="chip" data-tone={tone}>
      <Icon name={icon} />
      {text}
    </span>
  );
}

/** The next inspection in words; late and soon stand out. */
export function inspection(machine: Row): string {
  return machine.inspection_due ? nearDay(String(machine.inspection_due)) : w.equipment.nothing;
}
