/** On paper only: whose job sheet it is, and where it is signed. */
import { moment } from "../../kernel/format";
import type { Row } from "../../kernel/api";
import type { Kind } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { words } from "../../words";
import { capital } from "../../words/en/parts";

export function SheetHead({ kind, row }: { kind: Kind; row: Row }) {
  const title = kind.name === "work-orders" ? words.record.jobSheet : capital(kind.one);
  return (
    <div class="on-paper sheet-head">
      <b>{session.value?.tenant.name}</b>
      <span>{[title, row.number].filter(Boolean).join(" ")}</span>
      <span class="end">{words.record.printed(moment(new Date().toISOString()))}</span>
    </div>
  );
}

export function SheetFoot({ kind, row }: { kind: Kind; row: Row }) {
  if (kind.name !== "work-orders") return null;
  return (
    <div class="on-paper sheet-foot">
      {!row.resolution && (
        <div class="sheet-lines">
          <p>{words.record.workDone}</p>
        </div>
      )}
      <div class="sheet-sign">
        <p>{words.record.signature}</p>
        <p>{words.record.nameAndDate}</p>
      </div>
    </div>
  );
}
