/** The way to the list of keys: the `?` key opens it anywhere. */
import { Button } from "../../ui/button";
import { words } from "../../words";

const text = words.settings.account;

export function Keys() {
  const show = () => dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
  return (
    <section class="card account-card desk" aria-labelledby="keys">
      <div class="flex between">
        <div>
          <h2 id="keys">{text.keys}</h2>
          <p class="muted t13">{text.keysHow} <kbd>?</kbd></p>
        </div>
        <Button onClick={show}>{text.keysShow}</Button>
      </div>
    </section>
  );
}
