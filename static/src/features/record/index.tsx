/** The page of any record. */
import { Problem } from "../../kernel/api";
import { may, useSchema } from "../../kernel/schema";
import { Screen } from "../../ui/screen";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { RecordPage } from "./page";
import "./style.css";

export default function Record({ kind: name, id }: { kind: string; id: string }) {
  const schema = useSchema();
  const kind = schema?.kinds.find((one) => one.name === name);
  if (schema && kind && may(kind, "read")) return <RecordPage schema={schema} kind={kind} id={id} />;
  return (
    <Screen title={words.record.details}>
      {schema ? <Failed problem={new Problem(404, "no_such_kind", words.problem.goneHow)} /> : <Skeleton />}
    </Screen>
  );
}
