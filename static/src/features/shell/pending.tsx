/** After `g`: the letters that lead somewhere, for whoever hesitates. */
import { listed, pending, spelled } from "../../kernel/keys";

export function Pending() {
  const first = pending.value;
  if (!first) return null;
  const next = listed().flatMap((group) => group.keys.filter((key) => key.combo.startsWith(`${first} `)));
  return (
    <div class="pending-keys" aria-hidden="true">
      {next.map((key) => (
        <span key={key.combo}>
          <kbd>{spelled(key.combo)[1]}</kbd> {key.label}
        </span>
      ))}
    </div>
  );
}
