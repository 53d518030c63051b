/** One source: whether it answers, how many workspaces it has, and what can be done with it. */
import { useState } from "preact/hooks";
import { Problem } from "../../../kernel/api";
import { ago, duration, number } from "../../../kernel/format";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Icon, type IconName } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { useTick } from "../../../ui/tick";
import { sourceWords as words } from "../../../words/sources";
import { Ask } from "../ask";
import { change, makeTokens, remove, type Source, test, type Tested } from "./api";

const LOOKS: Record<Source["state"], [tone: string | undefined, icon: IconName]> = {
  new: [undefined, "clock"],
  ok: ["rest", "tick"],
  off: [undefined, "minus"],
  paused: ["warning", "pause"],
  failing: ["danger", "octagon"],
};

interface Props {
  source: Source;
  making: boolean;
  onMake: () => void;
  onEdit: () => void;
}

export function Line({ source, making, onMake, onEdit }: Props) {
  const [busy, setBusy] = useState<"test" | "other" | null>(null);
  const [tested, setTested] = useState<Tested | null>(null);
  const [asking, setAsking] = useState(false);
  const [tone, icon] = LOOKS[source.state];
  const run = async (what: "test" | "other", deed: () => Promise<void>) => {
    setBusy(what);
    try {
      await deed();
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      toast(refused.message, { tone: "danger" });
    } finally {
      setBusy(null);
    }
  };
  const tryOut = () => void run("test", async () => setTested(await test(source.id)));
  const make = () =>
    void run("other", async () => {
      const { wanted } = await makeTokens(source.id);
      if (wanted > 0) onMake();
      toast(wanted > 0 ? words.making(wanted) : words.madeAll);
    });
  const turn = () => void run("other", async () => void (await change(source.id, { enabled: !source.enabled })));
  const drop = () => void run("other", async () => { await remove(source.id); toast(words.removed(source.name)); });
  return (
    <li data-state={source.state}>
      <span class="chip" data-tone={tone}><Icon name={icon} />{words.states[source.state]}</span>
      <span class="two grow">
        <b>{source.name}</b>
        <small class="muted wrap">{source.demo ? words.demo : source.base_url}</small>
        {source.paused_until ? <Paused source={source} /> : <small class="muted wrap">{said(source)}</small>}
        {source.serial && source.workspaces > 1 && <small class="tone-warning wrap">{making ? words.makingOf(source.tokens, source.workspaces) : words.serial(source.workspaces - source.tokens)}</small>}
        {tested && <Result tested={tested} />}
      </span>
      <span class="sources-deeds">
        {source.serial && source.has_token && !making && <Button small disabled={busy !== null} onClick={make}>{words.make}</Button>}
        <Button small disabled={busy !== null} aria-label={words.testOf(source.name)} onClick={tryOut}>{busy === "test" ? words.testing : words.test}</Button>
        <Menu
          label={words.menuOf(source.name)}
          items={[
            { label: words.edit, icon: "pencil", onPick: onEdit },
            { label: source.enabled ? words.off : words.on, icon: source.enabled ? "pause" : "refresh", onPick: turn },
            { label: words.remove, icon: "x", danger: true, onPick: () => setAsking(true) },
          ]}
          button={(opener) => <Button look="quiet" small icon="dots" label={words.menuOf(source.name)} {...opener} />}
        />
      </span>
      {asking && <Ask title={words.removeTitle(source.name)} how={words.removeHow} go={words.remove} onClose={() => setAsking(false)} onGo={drop} />}
    </li>
  );
}

function said(source: Source): string {
  if (source.error) return words.failed(source.error.message, ago(source.error.at));
  if (!source.has_token && source.tokens === 0) return words.noToken;
  if (!source.listed_at) return words.unlisted;
  return words.has(number(source.workspaces), number(source.tokens), ago(source.listed_at));
}

function Paused({ source }: { source: Source }) {
  useTick();
  const left = Math.ceil((Date.parse(source.paused_until ?? "") - Date.now()) / 1000);
  return <small class="muted wrap">{words.paused(left, source.error?.message ?? "")}</small>;
}

/** What came of one call. */
function Result({ tested }: { tested: Tested }) {
  return (
    <small class={tested.ok ? "wrap tone-success" : "wrap tone-danger"} role="status">
      <Icon name={tested.ok ? "tick" : "octagon"} />
      {tested.ok ? words.works(tested.workspaces ?? 0, duration(tested.duration_ms)) : tested.message}
    </small>
  );
}
