/** To come. */
import type { Conflict } from "../../kernel/writes";

export default function ConflictDialog(conflict: Conflict) {
  return <button onClick={() => conflict.settle(null)}>×</button>;
}
