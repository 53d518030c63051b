/** Calendar. */
import { Screen } from "../../ui/screen";

export default function Calendar() {
  return (
    <Screen title="Calendar">
      <div class="body" />
    </Screen>
  );
}
