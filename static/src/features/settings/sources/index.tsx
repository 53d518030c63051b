/** The mail service that the portal's figures come from: connected, tried out, given a token for each workspace. */
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Empty, Failed, Skeleton } from "../../../ui/state";
import { sourceWords as words } from "../../../words/sources";
import { Section } from "../section";
import { type Source, useSources } from "./api";
import { Line } from "./line";
import { SourceDialog } from "./source-dialog";
import { Workspaces } from "./workspaces";
import "./style.css";

/** Without a new token for so long, none is being made any more. */
const PATIENCE_MS = 60_000;

export default function Sources() {
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<Source | "new" | null>(null);
  const { data, error, refetch } = useSources(making);
  const tokens = data?.data.reduce((sum, one) => sum + one.tokens, 0) ?? 0;
  const wanted = data?.data.some((one) => one.serial && !one.error) ?? false;
  useEffect(() => {
    if (!making) return;
    if (!wanted) return setMaking(false);
    const timer = setTimeout(() => setMaking(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [making, tokens, wanted]);
  const add = <Button look="primary" icon="plus" onClick={() => setOpen("new")}>{words.connect}</Button>;
  return (
    <Section title={words.title} about={words.about} action={data && data.data.length > 0 ? add : null}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data?.data.length === 0 && <Empty icon="portal" title={words.none} actions={add}>{words.noneHow}</Empty>}
      {data && data.data.length > 0 && (
        <>
          <ul class="card setrows sources">
            {data.data.map((source) => <Line key={source.id} source={source} making={making} onMake={() => setMaking(true)} onEdit={() => setOpen(source)} />)}
          </ul>
          <p class="sources-ways">
            <Link class="btn" href="/workspaces"><Icon name="pencil" />{words.targets}</Link>
            <Link class="btn quiet" href="/portal"><Icon name="portal" />{words.portal}</Link>
          </p>
          {data.workspaces.length > 0 && <Workspaces bindings={data.workspaces} />}
        </>
      )}
      {open && <SourceDialog source={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
