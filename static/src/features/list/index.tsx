/** The list of any kind: search, filters, views and columns in the address, rows as they come into sight. */
import { useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { openPage, type Part, prefetch, usePart } from "../../kernel/pages";
import { recordPart } from "../../kernel/record";
import { type Kind, type Schema, useSchema, may } from "../../kernel/schema";
import { trail } from "../../kernel/trail";
import { Button } from "../../ui/button";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { Actions } from "./actions";
import { addressOf } from "./address";
import { chosenColumns, filterable } from "./columns";
import { useCursor } from "./cursor";
import { canEdit } from "./edit";
import { NoMatch, NoneYet } from "./empty";
import { isFiltered, NO_FILTER } from "./filters";
import { Pager } from "./pager";
import { PhoneTools } from "./phone";
import { Bulk, Peek, useRooms } from "./rooms";
import { firstPart } from "./rows";
import { useSelection } from "./selection";
import { Table } from "./table";
import { Tabs } from "./tabs";
import { density, keepColumns, keptColumns } from "./taste";
import { toggleDensity, Toolbar } from "./toolbar";
import { orderOf, queryFor, useList } from "./use-list";
import { usePhone } from "./use-phone";
import { usePlace } from "./use-place";
import { viewsPart } from "./views";
import "./style.css";

export default function List({ kind: name }: { kind: string }) {
  const schema = useSchema();
  if (!schema) return <Skeleton />;
  const kind = schema.kinds.find((k) => k.name === name);
  if (kind && may(kind, "read")) return <ListOf key={name} kind={kind} schema={schema} />;
  return (
    <Screen title={words.problem.gone}>
      <Empty icon="alert" title={words.problem.gone}>
        {words.problem.goneHow}
      </Empty>
    </Screen>
  );
}

const HEIGHTS = { dense: 36, normal: 48, phone: 64 };

function ListOf({ kind, schema }: { kind: Kind; schema: Schema }) {
  const [place, move, search] = usePlace(kind.name);
  const [, go] = useLocation();
  const phone = usePhone();
  const hasViews = schema.kinds.some((k) => k.name === "views" && may(k, "read"));
  const seen = useRef<string[] | null>(null);
  const views = viewsPart(kind.name);
  useState(() => {
    const first = queryFor(kind, schema, place, chosenColumns(kind, place.columns ?? keptColumns(kind.name)));
    // A view's own columns are known once the views are; then they are asked for by themselves.
    const parts = [...(hasViews ? [views] : []), ...(place.view ? [] : [firstPart(kind.name, first)])];
    openPage("list", { kind: kind.name, list: first }, parts as Part[]);
  });
  const kept = usePart(views, hasViews);
  const all = kept.data?.data ?? [];
  const view = all.find((one) => one.id === place.view);
  if (view) seen.current = view.display?.columns ?? null;
  const columns = useMemo(
    () => chosenColumns(kind, place.columns ?? (place.view ? (seen.current ?? keptColumns(kind.name)) : keptColumns(kind.name))),
    [kind, search, view],
  );
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
  const pick = (at: number) => {
    const row = list.at(at);
    if (row) selection.toggle(row.id, null);
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
      tabs={<Tabs kind={kind} views={all} place={place} columns={columns.map((c) => c.path)} total={list.total} canSave={hasViews && may(schema.kinds.find((k) => k.name === "views"), "create")} ready={!list.waiting} />}
      actions={<Actions kind={kind} place={place} bare={bare} picking={picking} onPicking={() => setPicking(!picking)} onSearch={() => setSearching(!searching)} />}
    >
      {!bare && (
        <>
          <Toolbar kind={kind} list={list} place={place} fields={fields} columns={columns} searchField={searchField} onMove={move} onColumns={setColumns} onLeave={() => cursor.put(cursor.at, null)} />
          <PhoneTools kind={kind} views={all} place={place} fields={fields} searching={searching} onMove={move} onSearched={() => setSearching(false)} />
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
              picking={picking}
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
