/** Records by their state, in columns that one drags them through. */
import { useMemo } from "preact/hooks";
import { Link, useLocation, useSearch } from "wouter-preact";
import { humane } from "../../kernel/format";
import { openPage, usePart } from "../../kernel/pages";
import { type Kind, may, useSchema } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Screen } from "../../ui/screen";
import { ShowAs } from "../../ui/show-as";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { choiceLabel } from "../../ui/value";
import { words } from "../../words";
import { boardWords } from "../../words/board";
import { Columns } from "./columns";
import { type BoardFields, boardFields, fieldsAsked, sortOfBoard } from "./faces";
import { FilterBar } from "./filter-bar";
import { datedBy, filtersIn, isSettled, sinceIn, withSince } from "./filters";
import { moves } from "./move";
import { totalsOf, worthOf } from "./overlay";
import { columnsPart, likelihoods, optionsPart, summaryPart, usersPart, viewsPart } from "./parts";
import { ViewTabs } from "./view-tabs";
import { Worth } from "./worth";
import "./style.css";

export default function Board({ kind: name }: { kind: string }) {
  const schema = useSchema();
  const kind = schema?.kinds.find((other) => other.name === name);
  const fields = useMemo(() => kind && schema && boardFields(kind, schema.kinds), [kind, schema]);
  if (!schema) return <Skeleton />;
  if (!kind || !fields) return <NoBoard name={name} kind={kind} />;
  return <BoardOf kind={kind} kinds={schema.kinds} fields={fields} />;
}

function NoBoard({ name, kind }: { name: string; kind?: Kind }) {
  const many = humane(kind?.many ?? name);
  if (!kind) {
    return (
      <Screen title={many}>
        <Empty icon="board" title={words.problem.gone}>
          {words.problem.goneHow}
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen title={many}>
      <Empty
        icon="board"
        title={boardWords.noColumns(many)}
        actions={
          <Link class="btn" href={`/${name}`}>
            {boardWords.toList}
          </Link>
        }
      >
        {boardWords.noColumnsHow}
      </Empty>
    </Screen>
  );
}

interface Props {
  kind: Kind;
  kinds: Kind[];
  fields: BoardFields;
}

function BoardOf({ kind, kinds, fields }: Props) {
  const search = useSearch();
  const [, go] = useLocation();
  const sort = sortOfBoard(fields);
  const since = sinceIn(search);
  const filters = withSince(filtersIn(search, kind), fields, since).toString();
  const list = `${new URLSearchParams({ fields: fieldsAsked(fields, kinds), sort })}${filters && `&${filters}`}`;
  const parts = {
    columns: columnsPart(kind.name, list),
    summary: summaryPart(kind.name, fields.state.name, fields.money?.name, filters),
    users: usersPart,
    views: viewsPart(kind.name),
    options: optionsPart,
  };
  const people = fields.people.some((field) => field.kind === "users");
  const sum: Record<string, string> = fields.money ? { sum: fields.money.name } : {};
  useMemo(() => {
    const wanted = [parts.columns, parts.summary, parts.views, ...(people ? [parts.users] : [])];
    openPage("board", { kind: kind.name, list, ...sum }, fields.state.list ? [...wanted, parts.options] : wanted);
  }, [kind.name, list]);
  const columns = usePart(parts.columns);
  const summary = usePart(parts.summary);
  const users = usePart(parts.users, people);
  const views = usePart(parts.views);
  const options = usePart(parts.options, fields.state.list !== undefined);

  const mine = [...moves.value].filter(([key]) => key.startsWith(`${kind.name} `)).map(([, move]) => move);
  const tenants = session.value?.tenant.currency ?? "";
  const worth = (row: Parameters<typeof worthOf>[0]) => worthOf(row, fields.money?.name, fields.money?.currency_field, tenants);
  const totals = totalsOf(summary.data, mine, worth);
  const percents = likelihoods(options.data?.data, fields.state.list);
  const open = (fields.state.choices ?? []).map((choice) => choice.name).filter((value) => !isSettled(fields.state, value));
  const start = () => go(`/${kind.name}/new`);
  const creates = may(kind, "create");
  return (
    <Screen
      title={humane(kind.many)}
      tabs={<ViewTabs kind={kind} views={views.data?.data ?? []} person={fields.people[0]} />}
      actions={
        <>
          <ShowAs kind={kind} now="board" />
          {creates && (
            <Button look="primary" icon="plus" class="desk" onClick={start}>
              {boardWords.new(kind.one)}
            </Button>
          )}
        </>
      }
    >
      <FilterBar kind={kind} fields={fields} users={users.data?.data ?? []}>
        <Worth kind={kind} money={fields.money !== undefined} totals={totals} open={open} percents={percents} />
      </FilterBar>
      {columns.data ? (
        <Columns
          kind={kind}
          fields={fields}
          sort={sort}
          list={list}
          columns={columns.data.columns}
          moves={mine}
          totals={totals}
          worth={worth}
          percents={percents}
          label={(value) => choiceLabel(fields.state, value)}
          since={(value) => (datedBy(fields, value) ? boardWords.filter.sinceShort[since] : "")}
        />
      ) : columns.error ? (
        <Failed problem={columns.error} onRetry={() => void columns.refetch()} />
      ) : (
        <Skeleton />
      )}
      {creates && (
        <div class="thumb phone">
          <Button look="primary" icon="plus" onClick={start}>
            {boardWords.new(kind.one)}
          </Button>
        </div>
      )}
    </Screen>
  );
}
