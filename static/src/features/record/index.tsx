/** Record. */
import { Screen } from "../../ui/screen";

export default function Record({ kind, id }: { kind: string; id?: string }) {
  return (
    <Screen title="Record">
      <div class="body">{kind} {id}</div>
    </Screen>
  );
}
