/** Saved views as tabs, with how many rows each has. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { count } from "../../words/en/parts";
import { words } from "../../words";
import { keptOf, type Place } from "./address";
import { SaveView } from "./rooms";
import { COUNTED, countOf, dropView, hrefOf, isOwn, overwrite, share, strayed, type View } from "./views";

interface Props {
  kind: Kind;
  views: View[];
  place: Place;
  columns: string[];
  /** Rows of the list now on screen, when that is known. */
  total?: number;
  /** This person may keep views. */
  canSave: boolean;
  /** The list itself is there: what is only nice to know may be asked for now. */
  ready: boolean;
}

export function Tabs({ kind, views, place, columns, total, canSave, ready }: Props) {
  const [, go] = useLocation();
  const [asking, setAsking] = useState<"save" | View | null>(null);
  const current = views.find((view) => view.id === place.view);
  const changed = current ? strayed(current, place) : false;
  const whole = !place.view && place.filter.clauses.length === 0 && place.filter.raw === null && !place.q;
  const w = words.list.views;
  const items: MenuItem[] = current
    ? [
        ...(isOwn(current) && changed ? [{ label: w.saveChanges, icon: "check", onPick: () => void overwrite(current, place, columns) }] : []),
        { label: w.saveAs, icon: "plus", onPick: () => setAsking("save") },
        ...(isOwn(current)
          ? [
              { label: w.rename, icon: "pencil", onPick: () => setAsking(current) },
              { label: current.shared ? w.unshare : w.share, icon: "people", onPick: () => void share(current, !current.shared) },
              {
                label: w.drop,
                icon: "x",
                danger: true,
                onPick: () => {
                  void dropView(current);
                  go(`/${kind.name}`, { replace: true });
                },
              },
            ]
          : []),
      ]
    : [];
  return (
    <nav class="tabs desk" aria-label={w.label}>
      <Link class="tab" href={`/${kind.name}`} aria-current={whole ? "page" : undefined}>
        {words.list.all} {whole && total !== undefined && <span class="n">{capped(total)}</span>}
      </Link>
      {views.map((view) => {
        const here = view === current;
        return (
          <span key={view.id} class="tab-box">
            <Link class="tab" href={hrefOf(view)} aria-current={here ? "page" : undefined}>
              {view.name}
              {here && changed && <span aria-hidden="true">*</span>}
              {here && !changed && total !== undefined ? <span class="n">{capped(total)}</span> : <Count view={view} ready={ready} />}
            </Link>
            {here && canSave && <Menu label={w.menu(view.name)} items={items} button={(open) => <Button look="quiet" small icon="down" label={w.menu(view.name)} {...open} />} />}
          </span>
        );
      })}
      {canSave && !current && (
        <button type="button" class="tab" aria-label={w.save} title={w.save} onClick={() => setAsking("save")}>
          <Icon name="plus" />
        </button>
      )}
      {asking && (
        <SaveView
          kind={kind}
          place={place}
          columns={columns}
          position={views.length}
          renamed={asking === "save" ? null : asking}
          onClose={() => setAsking(null)}
          onSaved={(id) => {
            setAsking(null);
            if (id) go(hrefOf({ kind: kind.name, id, query: keptOf(place) } as View));
          }}
        />
      )}
    </nav>
  );
}

const capped = (n: number): string => (n > COUNTED ? words.list.atMost(COUNTED) : count(n));

/** Asked for once the list is there and nothing else is going on. */
function Count({ view, ready }: { view: View; ready: boolean }) {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => setIdle(true), 600);
    return () => clearTimeout(timer);
  }, [ready]);
  const { data } = useQuery({ ...countOf(view), enabled: idle, retry: false });
  return data === undefined ? null : <span class="n">{capped(data)}</span>;
}
