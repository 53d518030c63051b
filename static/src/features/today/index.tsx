/** Today. */
import { Screen } from "../../ui/screen";

export default function Today() {
  return (
    <Screen title="Today">
      <div class="body" />
    </Screen>
  );
}
