/** How old what is shown is, in a word, a colour and a number that counts; what is to be said of it is one press away. */
import { useState } from "preact/hooks";
import { duration } from "../../kernel/format";
import { Icon } from "../../ui/icon";
import { useTick } from "../../ui/tick";
import { portalWords as words } from "../../words/portal";
import { ageText, LOOKS, secondsSince, type Word, wordOf } from "./age";
import { errorsText, Remarks } from "./remarks";
import type { Board, Line } from "./shape";

/** `Fresh, 38 s`. */
export function Age({ at, ttl, failed }: { at: string | null; ttl: number; failed?: boolean }) {
  useTick();
  const word = wordOf(at, ttl, failed);
  return <Told word={word} age={at ? ageText(secondsSince(at)) : null} />;
}

export function Told({ word, age }: { word: Word; age: string | null }) {
  const [tone, icon] = LOOKS[word];
  return (
    <span class="pt-fresh" data-tone={tone}>
      <Icon name={icon} />
      <span>
        {words.words[word]}
        {age && `, ${age}`}
      </span>
    </span>
  );
}

export const RowAge = ({ row, board }: { row: Line; board: Board }) => <Age at={row.fetched_at} ttl={board.ttl_seconds} failed={row.error !== null} />;

export function Standing({ board }: { board: Board }) {
  const [open, setOpen] = useState<"warnings" | "errors" | null>(null);
  const { warnings, errors } = board;
  const took = board.fetched_at ? board.fetch_duration_ms : null;
  return (
    <>
      <span class="pt-age" title={took === null ? undefined : words.took(duration(took))}>
        <Age at={board.fetched_at} ttl={board.ttl_seconds} failed={board.loaded === 0 && errors.length > 0} />
        {took !== null && <span class="muted desk">{words.took(duration(took))}</span>}
      </span>
      {errors.length > 0 && (
        <button type="button" class="chip pt-chip" data-tone="danger" aria-haspopup="dialog" onClick={() => setOpen("errors")}>
          <Icon name="octagon" />
          {errorsText(errors)}
        </button>
      )}
      {warnings.length > 0 && (
        <button type="button" class="chip pt-chip" data-tone="warning" aria-haspopup="dialog" onClick={() => setOpen("warnings")}>
          <Icon name="alert" />
          {words.warnings(warnings.length)}
        </button>
      )}
      {open && <Remarks board={board} first={open} onClose={() => setOpen(null)} />}
    </>
  );
}
