/** The list of one kind: what stands around its rows, and what happens to them. */
import { useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { prefetch } from "../../kernel/pages";
import { recordPart } from "../../kernel/record";
import { type Kind, may, type Schema } from "../../kernel/schema";
import { trail } from "../../kernel/trail";
import { Button } from "../../ui/button";
import { usePhone } from "../../ui/phone";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Actions } from "./actions";
import { addressOf, type Place } from "./address";
import { type Column, chosenColumns, filterable } from "./columns";
import { useCursor } from "./cursor";
import { canEdit } from "./edit";
import { NoMatch, NoneYet } from "./empty";
import { isFiltered, NO_FILTER } from "./filters";
import { Pager } from "./pager";
import { PhoneTools } from "./phone";
import { Bulk, Peek, useRooms } from "./rooms";
import { useSelection } from "./selection";
import { Table } from "./table";
import { Tabs } from "./tabs";
import { density, keepColumns, keptColumns } from "./taste";
import { toggleDensity, Toolbar } from "./toolbar";
import { orderOf, useList } from "./use-list";
import type { Move } from "./use-place";
import type { View } from "./views";

/** What the address asks for, else what the view keeps, else what this person last chose. */
export function shownColumns(kind: Kind, place: Place, view: View | undefined): Column[] {
  return chosenColumns(kind, place.columns ?? view?.display?.columns ?? keptColumns(kind.name));
}

const HEIGHTS = { dense: 36, normal: 48, phone: 64 };

interface Props {
  kind: Kind;
  schema: Schema;
  place: Place;
  onMove: Move;
  views: View[];
}

export function Inside({ kind, schema, place, onMove: move, views }: Props) {
  const [, go] = useLocation();
  const phone = usePhone();
  const view = views.find((one) => one.id === place.view);
  const columns = useMemo(() => shownColumns(kind, place, view), [kind, place, view]);
  const fields = useMemo(() => filterable(kind), [kind]);
  const list = useList(kind, schema, place, columns);
  const selection = useSelection();
  const [peeking, setPeeking] = useState(false);
  const [picking, setPicking] = useState(false);
  const [searching, setSearching] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);

  useRooms(!list.waiting);

  const leaveTrail = (at: number) => {
    const { rows, from } = list.around(at);
    trail.value = { kind: kind.name, query: addressOf(place), ids: rows.map((row) => row.id), from, total: list.total };
  };
  const open = (at: number) => {
    const row = list.at(at);
    if (!row) return;
    leaveTrail(at);
    go(`/${kind.name}/${row.id}`);
  };
  const pickable = may(kind, "update") || may(kind, "delete") || may(kind, "export");
  const pick = (at: number) => {
    const row = list.at(at);
    if (row && pickable) selection.toggle(row.id, null);
  };
  const cursor = useCursor({
    many: kind.many,
    length: list.length,
    columns: columns.length,
    canEdit: (cell) => columns[cell] !== undefined && canEdit(kind, columns[cell]),
    open,
    peek: () => setPeeking(!peeking),
    pick,
    create: may(kind, "create") ? () => go(`/${kind.name}/new`) : undefined,
    search: () => searchField.current?.focus(),
    leave: () => {
      const busy = peeking || selection.ids.size > 0;
      setPeeking(false);
      if (!peeking) selection.clear();
      return busy;
    },
    toggleDensity,
  });
  const filtered = isFiltered(place.filter) || place.q !== "";
  const empty = list.length === 0 && list.ended && !list.waiting && !list.problem;
  const bare = empty && !filtered && place.page === 1;
  const peeked = peeking && !phone ? list.at(cursor.at) : undefined;
  const setColumns = (next: string[] | null) => {
    if (!place.view) keepColumns(kind.name, next);
    move({ columns: next, page: place.page }, true);
  };
  const clear = () => move({ filter: NO_FILTER, q: "", sort: null, view: null });
  const title = capital(kind.many);
  return (
    <Screen
      title={title}
      tabs={<Tabs kind={kind} views={views} place={place} columns={columns.map((c) => c.path)} total={list.total} canSave={may(schema.kinds.find((k) => k.name === "views"), "create")} ready={!list.waiting} />}
      actions={<Actions kind={kind} place={place} total={list.total} bare={bare} picking={pickable ? picking : null} onPicking={() => setPicking(!picking)} onSearch={() => setSearching(!searching)} />}
    >
      {!bare && (
        <>
          <Toolbar kind={kind} list={list} place={place} fields={fields} columns={columns} searchField={searchField} onMove={move} onColumns={setColumns} onLeave={() => cursor.put(cursor.at, null)} />
          <PhoneTools kind={kind} views={views} place={place} fields={fields} searching={searching} onMove={move} onSearched={() => setSearching(false)} />
        </>
      )}
      <div class="split">
        <section class="pane list-pane" aria-label={title}>
          {bare ? (
            <NoneYet kind={kind} />
          ) : list.problem?.status === 422 && list.length === 0 ? (
            <Empty icon="filter" title={words.list.wrongFilter} actions={<Button onClick={clear}>{words.list.clear}</Button>}>
              {list.problem.errors[0]?.message ?? list.problem.message}
            </Empty>
          ) : list.problem && list.length === 0 ? (
            <Failed problem={list.problem} onRetry={list.refetch} />
          ) : empty ? (
            <NoMatch kind={kind} onClear={clear} />
          ) : list.length === 0 ? (
            <Skeleton rows={16} />
          ) : (
            <Table
              kind={kind}
              list={list}
              columns={columns}
              sort={orderOf(kind, place)}
              rowHeight={phone ? HEIGHTS.phone : HEIGHTS[density.value]}
              phone={phone}
              picking={picking && pickable}
              pickable={pickable}
              cursor={cursor}
              selection={selection}
              peeked={peeked?.id ?? null}
              onSort={(sort) => move({ sort })}
              onOpen={leaveTrail}
              onHover={(id) => prefetch([recordPart(schema, kind, id)])}
            />
          )}
          {selection.ids.size > 0 && <Bulk kind={kind} selection={selection} />}
        </section>
        {peeked && (
          <Peek
            kind={kind}
            schema={schema}
            id={peeked.id}
            row={peeked}
            at={words.list.of(cursor.at + 1, list.total)}
            onMove={(by) => cursor.step(by)}
            onClose={() => setPeeking(false)}
          />
        )}
      </div>
      {!kind.large && <Pager kind={kind.name} place={place} total={list.total ?? 0} />}
      {may(kind, "create") && !bare && (
        <div class="thumb phone">
          <Button look="primary" class="touch" icon="plus" onClick={() => go(`/${kind.name}/new`)}>
            {words.list.add(kind.one, kind.many)}
          </Button>
        </div>
      )}
    </Screen>
  );
}
