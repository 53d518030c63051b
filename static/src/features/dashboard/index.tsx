/** Dashboard. */
import { Screen } from "../../ui/screen";

export default function Dashboard() {
  return (
    <Screen title="Dashboard">
      <div class="body" />
    </Screen>
  );
}
