/** Signing in. */
import { useState } from "preact/hooks";
import { Problem } from "../../kernel/api";
import { signIn } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { Shelves } from "./shelves";
import "./style.css";

interface Choice {
  slug: string;
  name: string;
}

export default function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [tenants, setTenants] = useState<Choice[]>([]);

  const go = async (tenant?: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password, tenant);
    } catch (refused) {
      const several = refused instanceof Problem ? (refused.more.tenants as Choice[] | undefined) : undefined;
      if (several) setTenants(several);
      else setProblem(refused instanceof Error ? refused.message : String(refused));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div class="sign">
      <main class="sign-form">
        <p class="brand">
          <span class="mark">
            <Icon name="jar" />
          </span>
          {words.name}
        </p>
        <form
          class="stack gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void go();
          }}
        >
          <h1>{words.signIn.title}</h1>
          {problem && (
            <p class="note-danger" role="alert">
              {problem}
            </p>
          )}
          <label class="stack gap-1">
            <span class="label">{words.signIn.email}</span>
            <input
              class="input"
              type="email"
              name="email"
              autocomplete="username"
              required
              autofocus
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </label>
          <div class="stack gap-1">
            <label class="label" for="password">
              {words.signIn.password}
            </label>
            <span class="input with-button">
              <input
                id="password"
                name="password"
                type={shown ? "text" : "password"}
                autocomplete="current-password"
                required
                value={password}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
              <Button
                look="quiet"
                small
                icon="eye"
                label={shown ? words.signIn.hide : words.signIn.show}
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              />
            </span>
          </div>
          {tenants.length > 0 ? (
            <fieldset class="stack">
              <legend class="label">{words.signIn.which}</legend>
              {tenants.map((tenant) => (
                <Button key={tenant.slug} class="wide" onClick={() => void go(tenant.slug)}>
                  {tenant.name}
                </Button>
              ))}
            </fieldset>
          ) : (
            <Button look="primary" class="wide touch" type="submit" disabled={busy}>
              {busy ? words.signIn.going : words.signIn.go}
            </Button>
          )}
          <p class="t13 muted">{words.signIn.none}</p>
          <p class="t13 muted">{words.signIn.forgot}</p>
        </form>
        <p class="fine">{words.signIn.fine}</p>
      </main>
      <Shelves />
    </div>
  );
}
