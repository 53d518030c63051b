/** Client. */
import { Screen } from "../../ui/screen";

export default function Client() {
  return (
    <Screen title="Client">
      <div class="body" />
    </Screen>
  );
}
