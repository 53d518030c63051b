/** One's own account: name, password, sessions, looks, keys. */
import { humane } from "../../kernel/format";
import { session } from "../../kernel/session";
import { setTheme, theme } from "../../kernel/theme";
import { Screen } from "../../ui/screen";
import { words } from "../../words";
import { settingWords } from "../../words/settings";
import { Keys } from "./keys";
import { Password } from "./password";
import { Sessions } from "./sessions";
import { Told } from "./told";
import { You } from "./you";
import "./style.css";

const text = settingWords.account;

export default function Account() {
  const who = session.value;
  if (!who) return null;
  // Nobody gives a customer work, and none of the notes are theirs.
  const isClient = who.user.role === "client";
  return (
    <Screen title={words.nav.account}>
      <div class="body">
        <div class="account">
          <div>
            <You user={who.user} role={humane(who.user.role)} />
            <Password email={who.user.email} />
          </div>
          <div>
            <section class="card account-card" aria-labelledby="looks">
              <h2 id="looks">{text.looks}</h2>
              <div class="segment" role="group" aria-label={words.theme.label}>
                {(["system", "light", "dark"] as const).map((name) => (
                  <button key={name} type="button" aria-pressed={theme.value === name} onClick={() => setTheme(name)}>{words.theme[name]}</button>
                ))}
              </div>
              <p class="muted t13">{text.languageHow}</p>
            </section>
            {!isClient && <Told />}
            <Keys />
            <Sessions />
          </div>
        </div>
      </div>
    </Screen>
  );
}
