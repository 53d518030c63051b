/** Settings. */
import { Screen } from "../../ui/screen";

export default function Settings() {
  return (
    <Screen title="Settings">
      <div class="body" />
    </Screen>
  );
}
