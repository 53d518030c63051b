/** On a phone: views, order and filters as chips under the head, and a sheet to change them. */
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { ShowAs } from "../../ui/show-as";
import { words } from "../../words";
import { Chips, Says } from "./chips";
import type { Place } from "./address";
import { allColumns, type Column } from "./columns";
import { NO_FILTER } from "./filters";
import { Search } from "./search";
import type { Move } from "./use-place";
import { orderOf } from "./use-list";
import { hrefOf, type View } from "./views";

interface Props {
  kind: Kind;
  views: View[];
  place: Place;
  fields: Column[];
  searching: boolean;
  onMove: Move;
  onSearched: () => void;
}

export function PhoneTools({ kind, views, place, fields, searching, onMove, onSearched }: Props) {
  const [open, setOpen] = useState(false);
  const [, go] = useLocation();
  const current = views.find((view) => view.id === place.view);
  const w = words.list;
  const order = orderOf(kind, place) ?? "";
  const sortable = allColumns(kind).filter((column) => column.field.sortable);
  const sorted = sortable.find((column) => column.path === order.replace(/^-/, ""));
  const { clauses } = place.filter;
  return (
    <div class="phone">
      {(searching || place.q) && (
        <div class="phone-tools">
          <Search many={kind.many} q={place.q} onSearch={(q) => onMove({ q }, true)} onLeave={onSearched} />
        </div>
      )}
      <div class="phone-tools">
        {views.length > 0 && (
          <Menu
            label={w.views.label}
            items={[
              { label: w.all, picked: !current, onPick: () => go(`/${kind.name}`) },
              ...views.map((view) => ({ label: view.name, picked: view === current, onPick: () => go(hrefOf(view)) })),
            ]}
            button={(menu) => (
              <button type="button" class="filter" {...menu}>
                <b>{current?.name ?? w.all}</b>
              </button>
            )}
          />
        )}
        <Menu
          label={w.sort}
          items={sortable.flatMap(({ path, field }) => [
            { label: w.rising(field.label), picked: order === path, onPick: () => onMove({ sort: path }) },
            { label: w.falling(field.label), picked: order === `-${path}`, onPick: () => onMove({ sort: `-${path}` }) },
          ])}
          button={(menu) => (
            <button type="button" class="filter" {...menu}>
              {sorted ? w.sortedBy(sorted.field.label) : w.sort}
            </button>
          )}
        />
        <button type="button" class="filter add" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon name="filter" />
          {clauses.length > 1 ? `${w.filter} (${clauses.length})` : clauses[0] ? <Says clause={clauses[0]} fields={fields} /> : w.filter}
        </button>
        <ShowAs kind={kind} now="list" />
      </div>
      {open && (
        <Dialog
          title={w.filters}
          onClose={() => setOpen(false)}
          foot={
            <>
              <Button onClick={() => onMove({ filter: NO_FILTER })}>{w.clear}</Button>
              <Button look="primary" onClick={() => setOpen(false)}>
                {w.applyFilters}
              </Button>
            </>
          }
        >
          <div class="sheet-chips">
            <Chips filter={place.filter} fields={fields} onChange={(filter) => onMove({ filter })} />
          </div>
        </Dialog>
      )}
    </div>
  );
}
