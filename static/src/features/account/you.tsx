/** Who one is here. The name is one's own to change where the role allows. */
import { useQuery } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { get, Problem, type Row } from "../../kernel/api";
import { keys } from "../../kernel/query";
import { may, useKind } from "../../kernel/schema";
import { renameUser, type User } from "../../kernel/session";
import { update } from "../../kernel/writes";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { words } from "../../words";

const text = words.settings.account;

export function You({ user, role }: { user: User; role: string }) {
  const kind = useKind("users");
  const mine = may(kind, "update") && kind?.fields.some((field) => field.name === "name" && !field.read_only);
  const [name, setName] = useState(user.name);
  const [problem, setProblem] = useState<string | null>(null);
  const known = useQuery<Row>({ queryKey: keys.record("users", user.id), queryFn: ({ signal }) => get<Row>(`users/${user.id}`, signal), enabled: mine === true });
  const save = async () => {
    if (!known.data) return;
    try {
      const saved = await update("users", known.data, { name: name.trim() });
      if (saved) renameUser(String(saved.name));
      setProblem(null);
    } catch (refused) {
      if (refused instanceof Problem) setProblem(refused.errors[0]?.message ?? refused.message);
    }
  };
  return (
    <section class="card account-card" aria-labelledby="you">
      <div class="flex account-who">
        <Avatar name={user.name} big />
        <div>
          <h2 id="you">{user.name}</h2>
          <p class="muted t13">{role}</p>
        </div>
      </div>
      {mine && (
        <form class="stack gap-1" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <label class="label" for="own-name">{words.settings.name}</label>
          <div class="flex">
            <input id="own-name" class="input" required maxLength={200} autocomplete="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" disabled={!known.data || name.trim() === user.name || !name.trim()}>{text.save}</Button>
          </div>
          {problem && <p class="field-error" role="alert">{problem}</p>}
        </form>
      )}
      <div class="stack gap-1">
        <span class="label">{text.email}</span>
        <span>{user.email}</span>
        <span class="muted t12">{mine ? text.emailHow : `${text.emailHow} ${text.nameNot}`}</span>
      </div>
    </section>
  );
}
