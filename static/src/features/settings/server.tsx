/** How the server is doing, for whoever runs it. */
import { useQuery } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { call, Problem } from "../../kernel/api";
import { ago, bytes } from "../../kernel/format";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { Section } from "./section";

interface Check {
  status: "pass" | "warn" | "fail";
  message: string;
  value: unknown;
}

interface Health {
  status: Check["status"];
  version: string;
  checks: Record<string, Check>;
}

const LOOKS = { pass: ["rest", "tick"], warn: ["warning", "alert"], fail: ["danger", "octagon"] } as const;

export function Server() {
  const { data, error, refetch } = useQuery<Health, Problem>({ queryKey: ["health", "server"], queryFn: ({ signal }) => health(signal), staleTime: 15_000, refetchInterval: 60_000 });
  const [busy, setBusy] = useState(false);
  const backUp = async () => {
    setBusy(true);
    try {
      const { data: made } = await call<{ path: string; bytes: number }>("POST", "admin/backups", { body: {} });
      toast(`${words.settings.backedUp(bytes(made.bytes))}. ${words.settings.backupWhere(made.path)}`);
      void refetch();
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.message, { tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section name="server" action={<Button look="primary" disabled={busy} onClick={() => void backUp()}>{busy ? words.settings.backingUp : words.settings.backUp}</Button>}>
      {error && !data && <Failed problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && (
        <section class="card">
          <div class="card-head ruled">
            <h3>{words.settings.well[data.status]}</h3>
            <span class="muted t13">{words.settings.version(data.version)}</span>
            <div class="end"><Button look="quiet" small icon="refresh" onClick={() => void refetch()}>{words.settings.look}</Button></div>
          </div>
          <ul class="setrows checks">
            {Object.entries(data.checks).map(([name, check]) => (
              <li key={name}>
                <span class="chip" data-tone={LOOKS[check.status][0]}><Icon name={LOOKS[check.status][1]} />{words.settings.checks[name] ?? name}</span>
                <span class="grow wrap">{check.message}</span>
                <span class="muted beside">{told(name, check.value)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="muted t13">{words.settings.backupsHow}</p>
    </Section>
  );
}

/** A failed check is answered with a 503 that says the same. */
async function health(signal: AbortSignal): Promise<Health> {
  try {
    return (await call<Health>("GET", "/healthz", { signal })).data;
  } catch (refused) {
    if (refused instanceof Problem && refused.more.checks) return refused.more as unknown as Health;
    throw refused;
  }
}

function told(name: string, value: unknown): string {
  if (name === "disk" && typeof value === "number") return words.settings.free(bytes(value));
  if (name === "backup" && value && typeof value === "object") return ago((value as { at: string }).at);
  if (name === "write_ahead_log" && typeof value === "number") return bytes(value);
  return "";
}
