/** Making a record, and changing one: both from the schema. */
import { useMemo } from "preact/hooks";
import { useSearch } from "wouter-preact";
import { Problem, type Row } from "../../kernel/api";
import { useLive } from "../../kernel/live/use-live";
import { usePart } from "../../kernel/pages";
import { type Kind, may, type Schema, useSchema } from "../../kernel/schema";
import { getTenant } from "../../kernel/session";
import { recordPart } from "../../kernel/record";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { given } from "./given";
import { FormSheet } from "./sheet";
import "./style.css";

export default function Form({ kind: name, id }: { kind: string; id?: string }) {
  const schema = useSchema();
  const kind = schema?.kinds.find((one) => one.name === name);
  if (!schema) return <Waiting title={words.loading} />;
  if (!kind) {
    return (
      <Screen title={words.problem.gone}>
        <Failed problem={new Problem(404, "no_such_kind", words.problem.goneHow)} />
      </Screen>
    );
  }
  if (!may(kind, id ? "update" : "create")) {
    return (
      <Screen title={id ? words.form.change(kind.one) : words.form.make(kind.one)}>
        <Empty icon="lock" title={id ? words.form.mayNot(kind.many) : words.form.mayNotMake(kind.many)}>
          {words.form.mayNotHow}
        </Empty>
      </Screen>
    );
  }
  return id ? <Change schema={schema} kind={kind} id={id} /> : <Make kind={kind} />;
}

function Make({ kind }: { kind: Kind }) {
  const search = useSearch();
  const start = useMemo(() => given(kind, search, getTenant().currency), [kind.name, search]);
  return <FormSheet key={search} kind={kind} start={start} name={`form.${kind.name}.new.${search}`} />;
}

function Change({ schema, kind, id }: { schema: Schema; kind: Kind; id: string }) {
  const record = usePart<Row>(recordPart(schema, kind, id));
  useLive(schema, kind, id);
  if (record.data) return <FormSheet kind={kind} start={record.data} name={`form.${kind.name}.${id}`} />;
  if (!record.error) return <Waiting title={words.form.change(kind.one)} />;
  return (
    <Screen title={words.form.change(kind.one)}>
      <Failed problem={record.error} onRetry={() => void record.refetch()} />
    </Screen>
  );
}

function Waiting({ title }: { title: string }) {
  return (
    <Screen title={title}>
      <Skeleton />
    </Screen>
  );
}
