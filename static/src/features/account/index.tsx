/** Account. */
import { Screen } from "../../ui/screen";

export default function Account() {
  return (
    <Screen title="Account">
      <div class="body" />
    </Screen>
  );
}
