/** List. */
import { Screen } from "../../ui/screen";

export default function List({ kind, id }: { kind: string; id?: string }) {
  return (
    <Screen title="List">
      <div class="body">{kind} {id}</div>
    </Screen>
  );
}
