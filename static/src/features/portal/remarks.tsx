/** What went wrong, and what deserves a second look: one line each, with the way to its workspace. */
import { Link } from "wouter-preact";
import { moment } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { words as common } from "../../words";
import { portalWords as words } from "../../words/portal";
import type { Board } from "./shape";

interface Props {
  board: Board;
  first: "warnings" | "errors";
  onClose: () => void;
}

/** A silent workspace and a silent service are two things, and are counted apart. */
export function errorsText(errors: Board["errors"]): string {
  const services = errors.filter((one) => one.workspace_id === null).length;
  return words.errors(errors.length - services, services);
}

export function Remarks({ board, first, onClose }: Props) {
  const order = first === "errors" ? (["errors", "warnings"] as const) : (["warnings", "errors"] as const);
  return (
    <Dialog title={words.remarks} onClose={onClose} wide foot={<Button onClick={onClose}>{common.close}</Button>}>
      {order.map((sort) => board[sort].length > 0 && (
        <section key={sort} aria-labelledby={`pt-${sort}`}>
          <h3 id={`pt-${sort}`}>{sort === "errors" ? errorsText(board.errors) : words.warnings(board.warnings.length)}</h3>
          <ul class="pt-remarks">
            {board[sort].map((one, i) => (
              <li key={i}>
                <span class={sort === "errors" ? "tone-danger" : "tone-warning"}><Icon name={sort === "errors" ? "octagon" : "alert"} /></span>
                <span>
                  {one.workspace_id ? <Link class="plain" href={`/workspaces/${one.workspace_id}`}><b>{one.name}</b></Link> : <b>{one.name}</b>}
                  <span>{one.message}</span>
                  {sort === "errors" && "at" in one && one.at && <small class="muted">{moment(one.at)}</small>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
