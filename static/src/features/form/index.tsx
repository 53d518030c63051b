/** Form. */
import { Screen } from "../../ui/screen";

export default function Form({ kind, id }: { kind: string; id?: string }) {
  return (
    <Screen title="Form">
      <div class="body">{kind} {id}</div>
    </Screen>
  );
}
