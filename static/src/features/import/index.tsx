/** Import. */
import { Screen } from "../../ui/screen";

export default function Import() {
  return (
    <Screen title="Import">
      <div class="body" />
    </Screen>
  );
}
