/** The workspaces of the sources, and which have a token of their own. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Problem } from "../../../kernel/api";
import { toast } from "../../../kernel/toasts";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Icon } from "../../../ui/icon";
import { words as common } from "../../../words";
import { sourceWords as words } from "../../../words/sources";
import { Ask } from "../ask";
import { type Binding, giveToken } from "./api";

export function Workspaces({ bindings }: { bindings: Binding[] }) {
  const [open, setOpen] = useState<Binding | null>(null);
  const own = bindings.filter((one) => one.has_token).length;
  return (
    <details class="card sources-fold">
      <summary>
        <Icon name="right" />
        <b>{words.workspaces(bindings.length)}</b>
        <span class="muted t13">{words.tokensOf(own, bindings.length)}</span>
      </summary>
      <ul class="setrows">
        {bindings.map((one) => (
          <li key={one.workspace_id}>
            <span class="grow">
              <Link class="plain" href={`/workspaces/${one.workspace_id}`}>{one.name}</Link>
              {one.missing && <small class="tone-warning">{` ${words.missing}`}</small>}
              {!one.active && <small class="muted">{` ${words.inactive}`}</small>}
            </span>
            <span class="chip" data-tone={one.has_token ? "rest" : undefined}><Icon name={one.has_token ? "tick" : "minus"} />{one.has_token ? words.ownToken : words.sharedToken}</span>
            <Button small aria-label={words.giveTo(one.name)} onClick={() => setOpen(one)}>{words.give}</Button>
          </li>
        ))}
      </ul>
      {open && <TokenDialog binding={open} onClose={() => setOpen(null)} />}
    </details>
  );
}

function TokenDialog({ binding, onClose }: { binding: Binding; onClose: () => void }) {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const own = token.trim();
  const send = async (given: string) => {
    try {
      await giveToken(binding.workspace_id, given);
      toast(given ? words.given(binding.name) : words.taken(binding.name));
      onClose();
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused);
    }
  };
  if (asking) return <Ask title={words.takeTitle(binding.name)} how={words.takeHow} go={words.takeAway} onClose={() => setAsking(false)} onGo={() => void send("")} />;
  const said = problem?.errors[0]?.message ?? problem?.message;
  return (
    <Dialog
      title={words.giveTo(binding.name)}
      onClose={onClose}
      foot={
        <>
          {binding.has_token && <Button look="danger" class="sources-take" onClick={() => setAsking(true)}>{words.takeAway}</Button>}
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="primary" type="submit" form="token-form" disabled={!own}>{common.save}</Button>
        </>
      }
    >
      <form
        id="token-form"
        class="stack gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          // Enter in an empty field saves nothing.
          if (own) void send(own);
        }}
      >
        <div class="field">
          <label class="label" for="token-own">{words.fields.token}</label>
          <input id="token-own" class="input" type="password" autocomplete="new-password" spellcheck={false} autofocus value={token} aria-invalid={said ? true : undefined} aria-describedby="token-own-hint" onInput={(event) => setToken(event.currentTarget.value)} />
          <p class={said ? "field-error" : "muted t13"} id="token-own-hint" role={said ? "alert" : undefined}>{said ?? words.giveHow}</p>
        </div>
      </form>
    </Dialog>
  );
}
