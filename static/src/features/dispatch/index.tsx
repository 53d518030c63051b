/** Dispatch. */
import { Screen } from "../../ui/screen";

export default function Dispatch() {
  return (
    <Screen title="Dispatch">
      <div class="body" />
    </Screen>
  );
}
