/** What one has to know to read the figures: a service that does not answer, one that is slow by its set-up, made-up figures. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { call, Problem } from "../../kernel/api";
import { clock } from "../../kernel/format";
import { client } from "../../kernel/query";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { useTick } from "../../ui/tick";
import { portalWords as words } from "../../words/portal";
import { stateKey } from "./api";
import { Remarks } from "./remarks";
import type { Board, Portal, Source } from "./shape";

export function Notes({ board, portal }: { board: Board; portal: Portal }) {
  return (
    <>
      {board.errors.length > 0 && board.loaded > 0 && <Unanswered board={board} portal={portal} />}
      {portal.sources.filter((one) => one.serial && one.enabled && one.workspaces > 1).map((one) => <Serial key={one.id} source={one} manages={portal.may_manage} />)}
      {portal.demo && (
        <p class="pt-demo muted t12">
          <Icon name="flask" />
          {words.demo}
        </p>
      )}
    </>
  );
}

/** The fact, what one sees meanwhile, and when it is tried again. */
function Unanswered({ board, portal }: { board: Board; portal: Portal }) {
  const [open, setOpen] = useState(false);
  const { errors } = board;
  const own = errors.filter((one) => one.workspace_id !== null);
  const service = errors.find((one) => one.workspace_id === null);
  const [first] = own;
  const old = board.rows.find((row) => row.workspace_id === first?.workspace_id)?.fetched_at;
  const paused = portal.sources.find((one) => one.paused_until)?.paused_until;
  return (
    <div class="pt-note" role="status">
      <Icon name="alert" />
      <p>
        {service ? (
          <><b>{service.name}.</b> {service.message} {board.fetched_at && words.seeFrom(clock(board.fetched_at))}</>
        ) : own.length === 1 && first ? (
          <><b>{words.silent(first.name)}</b> {old ? words.itsFrom(clock(old)) : words.itsNone} {words.others(board.workspaces - 1)}</>
        ) : (
          <><b>{words.silentMany(own.length)}</b> {words.theirs} {words.others(board.workspaces - own.length)}</>
        )}{" "}
        {paused && <Again at={paused} />}
      </p>
      <button type="button" class="more" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words.what}
        <Icon name="right" />
      </button>
      {open && <Remarks board={board} first="errors" onClose={() => setOpen(false)} />}
    </div>
  );
}

function Again({ at }: { at: string }) {
  useTick();
  const left = Math.ceil((Date.parse(at) - Date.now()) / 1000);
  return <>{left > 0 ? words.again(left) : words.againNow}</>;
}

/** One token for all workspaces lets only one be asked at a time. */
function Serial({ source, manages }: { source: Source; manages: boolean }) {
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      await call("POST", `portal/sources/${source.id}/tokens`, { body: {} });
      toast(words.tokensMade);
      void client.invalidateQueries({ queryKey: stateKey });
    } catch (refused) {
      setBusy(false);
      if (!(refused instanceof Problem)) throw refused;
      toast(refused.message, { tone: "danger" });
    }
  };
  return (
    <div class="pt-note" data-tone="info">
      <Icon name="clock" />
      <p>
        <b>{source.tokens > 0 ? words.serialSome(source.workspaces - source.tokens, source.name) : words.serial(source.name)}</b> {manages ? (source.tokens > 0 ? words.serialSomeHow : words.serialHow) : words.serialAsk}
      </p>
      {manages && (source.has_token ? <Button small disabled={busy} onClick={() => void make()}>{busy ? words.tokensMaking : words.tokens}</Button> : <Link class="btn small" href="/settings/mail-service">{words.settings}</Link>)}
    </div>
  );
}
