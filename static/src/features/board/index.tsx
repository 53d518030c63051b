/** Board. */
import { Screen } from "../../ui/screen";

export default function Board({ kind, id }: { kind: string; id?: string }) {
  return (
    <Screen title="Board">
      <div class="body">{kind} {id}</div>
    </Screen>
  );
}
