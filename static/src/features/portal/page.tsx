/** One dashboard: what there is of it at once, with its age, while the rest is on its way. */
import type { ComponentType } from "preact";
import { number } from "../../kernel/format";
import { usePhone } from "../../ui/phone";
import { Button } from "../../ui/button";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { portalWords as words } from "../../words/portal";
import { stateOf, useBoard } from "./api";
import { FirstLoad } from "./first-load";
import { Infrastructure } from "./infrastructure";
import { Kpi } from "./kpi";
import { Notes } from "./notes";
import { useRefresh } from "./refresh";
import { Revenue } from "./revenue";
import type { Board, Name, Portal, Shape } from "./shape";
import { Standing } from "./standing";
import { Tabs } from "./tabs";
import { Volume } from "./volume";

const BOARDS: { [N in Name]: ComponentType<{ board: Shape[N] }> } = { kpi: Kpi, volume: Volume, revenue: Revenue, infrastructure: Infrastructure };

export function Page({ name, portal }: { name: Name; portal: Portal }) {
  const state = stateOf(portal, name);
  const { data: board, error, refetch } = useBoard(name, state?.revision, true);
  const { busy, refresh } = useRefresh(name);
  const phone = usePhone();
  const accounts = board?.dashboard === "infrastructure" && board.loaded > 0 ? (board as Shape["infrastructure"]).totals.accounts : undefined;
  return (
    <Screen
      title={words.title}
      tabs={<Tabs portal={portal} now={name} accounts={accounts} />}
      actions={
        <>
          {board && !phone && <Standing board={board} />}
          <Button look="primary" icon="refresh" aria-disabled={busy} aria-label={words.refresh} onClick={() => busy || refresh()}>
            {phone ? null : busy ? words.refreshing : words.refresh}
          </Button>
        </>
      }
    >
      <div class={name === "infrastructure" ? "body pt-body pt-tall" : "body pt-body"}>
        {board ? (
          <>
            {phone && <div class="pt-standing"><Standing board={board} /></div>}
            <Shown name={name} board={board} portal={portal} onRetry={refresh} busy={busy} />
          </>
        ) : error ? (
          <Failed problem={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton />
        )}
      </div>
    </Screen>
  );
}

/** The month comes before the day: of how many workspaces today's mails are known, until they all are. */
function uncounted(board: Board): number | null {
  if (board.dashboard !== "volume") return null;
  const known = (board as Shape["volume"]).totals.known_today;
  return known < board.loaded ? known : null;
}

interface ShownProps {
  name: Name;
  board: Board;
  portal: Portal;
  busy: boolean;
  onRetry: () => void;
}

function Shown({ name, board, portal, busy, onRetry }: ShownProps) {
  const loading = stateOf(portal, name)?.loading ?? null;
  const unread = portal.sources.some((one) => one.enabled && !one.listed_at && !one.error);
  // What is loaded again behind the scenes says nothing; a first time shows how far it is.
  const first = board.loaded < board.workspaces || (board.workspaces === 0 && unread);
  const waiting = first && (loading !== null || unread);
  if (board.loaded === 0 && !waiting) {
    if (board.workspaces === 0 && board.errors.length === 0) return <Empty icon="portal" title={words.noWorkspaces}>{words.noWorkspacesHow}</Empty>;
    return (
      <>
        <Notes board={board} portal={portal} />
        <Empty icon="alert" title={words.nothing} actions={<Button icon="refresh" aria-disabled={busy} onClick={() => busy || onRetry()}>{busy ? words.refreshing : words.retry}</Button>}>
          {board.errors[0] ? `${board.errors[0].name}: ${board.errors[0].message}` : words.nothingHow}
        </Empty>
      </>
    );
  }
  const counting = waiting || loading === null ? null : uncounted(board);
  const Dashboard = BOARDS[name] as ComponentType<{ board: Board }>;
  return (
    <>
      {waiting && <FirstLoad done={board.loaded} of={board.workspaces} />}
      {counting !== null && <FirstLoad title={words.volume.counting} done={counting} of={board.workspaces} />}
      <Notes board={board} portal={portal} />
      {board.loaded > 0 && <Dashboard board={board} />}
      <p class="hidden-visually" role="status">{waiting ? words.loadedOf(number(board.loaded), number(board.workspaces)) : ""}</p>
    </>
  );
}
