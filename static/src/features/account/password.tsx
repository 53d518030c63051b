/** A new password: this session goes on, all others end. */
import { useState } from "preact/hooks";
import { call, Problem } from "../../kernel/api";
import { client } from "../../kernel/query";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { SESSIONS } from "./sessions";

const text = words.settings.account;

export function Password({ email }: { email: string }) {
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await call("POST", "auth/password", { body: { present, password } });
      setPresent("");
      setPassword("");
      toast(text.changed);
      void client.invalidateQueries({ queryKey: SESSIONS });
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused.errors[0]?.message ?? refused.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card account-card" aria-labelledby="password">
      <h2 id="password">{text.password}</h2>
      <form class="stack gap-4" onSubmit={(event) => { event.preventDefault(); void change(); }}>
        {problem && <p class="note-danger" role="alert">{problem}</p>}
        <input class="hidden-visually" type="text" autocomplete="username" tabIndex={-1} readOnly aria-hidden="true" value={email} />
        <label class="stack gap-1">
          <span class="label">{text.present}</span>
          <input class="input" type="password" required autocomplete="current-password" value={present} onInput={(event) => setPresent(event.currentTarget.value)} />
        </label>
        <label class="stack gap-1">
          <span class="label">{text.new}</span>
          <input class="input" type="password" required minLength={8} maxLength={128} autocomplete="new-password" value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
          <span class="muted t12">{text.newHow}</span>
        </label>
        <div class="flex"><Button look="primary" type="submit" disabled={busy || !present || !password}>{text.change}</Button></div>
      </form>
    </section>
  );
}
