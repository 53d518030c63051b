/** The business itself: its name, its zone, its currency, its logo. */
import { useQuery } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { type Answer, call, Problem } from "../../kernel/api";
import { logoOf } from "../../kernel/logo";
import { renameTenant, session, type Tenant } from "../../kernel/session";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { settingWords } from "../../words/settings";
import { Section } from "./section";

/** With the files of the server there is a logo; `undefined` on a server without. */
type Known = Tenant & { logo?: string | null };

const path = (): string => `tenants/${session.value?.tenant.id}`;
const ZONES = Intl.supportedValuesOf("timeZone");
const CURRENCIES = Intl.supportedValuesOf("currency");

export function Business() {
  const query = useQuery<Answer<Known>, Problem>({ queryKey: ["tenant", "session"], queryFn: ({ signal }) => call("GET", path(), { signal }) });
  if (query.error) return <Section name="business"><Failed problem={query.error} onRetry={() => void query.refetch()} /></Section>;
  if (!query.data) return <Section name="business"><Skeleton /></Section>;
  // The rail shows the name and the logo too.
  const again = () => query.refetch().then(({ data }) => data && renameTenant(data.data));
  return <Form key={query.data.etag} known={query.data.data} etag={query.data.etag} again={() => void again()} />;
}

function Form({ known, etag, again }: { known: Known; etag: string | null; again: () => void }) {
  const [wish, setWish] = useState<Partial<Tenant>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = { ...known, ...wish };
  const changed = Object.keys(wish).some((name) => wish[name as keyof Tenant] !== known[name as keyof Tenant]);
  const save = async () => {
    try {
      const { data } = await call<Known>("PATCH", path(), { body: wish, ifMatch: etag ?? undefined });
      renameTenant(data);
      setWish({});
      setProblem(null);
      toast(settingWords.businessSaved);
      again();
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      setProblem(refused);
      // Somebody else changed it meanwhile: what is typed stays, and the next try is against the new state.
      if (refused.status === 412) again();
    }
  };
  const names = new Intl.DisplayNames("en-GB", { type: "currency" });
  return (
    <Section name="business">
      <form class="card form-card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        {problem && <p class="note-danger" role="alert">{problem.errors[0]?.message ?? problem.message}</p>}
        <label class="stack gap-1">
          <span class="label">{settingWords.name}</span>
          <input class="input" required maxLength={200} value={now.name} onInput={(event) => setWish({ ...wish, name: event.currentTarget.value })} />
        </label>
        <label class="stack gap-1">
          <span class="label">{settingWords.zone}</span>
          <select class="input" value={now.zone} onChange={(event) => setWish({ ...wish, zone: event.currentTarget.value })}>
            {[...new Set([now.zone, ...ZONES])].sort().map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
          </select>
          <span class="muted t12">{settingWords.zoneHow(clockIn(now.zone))}</span>
        </label>
        <label class="stack gap-1">
          <span class="label">{settingWords.currency}</span>
          <select class="input" value={now.currency} onChange={(event) => setWish({ ...wish, currency: event.currentTarget.value })}>
            {[...new Set([now.currency, ...CURRENCIES])].sort().map((code) => <option key={code} value={code}>{`${code} – ${names.of(code)}`}</option>)}
          </select>
          <span class="muted t12">{settingWords.currencyHow}</span>
        </label>
        <label class="stack gap-1">
          <span class="label">{settingWords.dueAhead}</span>
          <input
            class="input days"
            type="number"
            inputMode="numeric"
            min={0}
            max={365}
            value={now.due_ahead_days ?? ""}
            onInput={({ currentTarget: { value } }) => setWish({ ...wish, due_ahead_days: value === "" ? null : Number(value) })}
          />
          <span class="muted t12">{settingWords.dueAheadHow}</span>
        </label>
        {known.logo !== undefined && <Logo known={known} etag={etag} onDone={again} />}
        <div class="flex"><Button look="primary" type="submit" disabled={!changed}>{words.save}</Button></div>
      </form>
    </Section>
  );
}

const clockIn = (timeZone: string): string => new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", weekday: "long" }).format(new Date());

function Logo({ known, etag, onDone }: { known: Known; etag: string | null; onDone: () => void }) {
  const put = async (raw: Blob) => {
    try {
      await call("PUT", `${path()}/logo`, { raw, ifMatch: etag ?? undefined });
      onDone();
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.message, { tone: "danger" });
    }
  };
  return (
    <div class="stack gap-1">
      <span class="label">{settingWords.logo}</span>
      {known.logo && <img class="logo-now" src={logoOf(known) ?? ""} alt={settingWords.logo} />}
      <div class="flex">
        <label class="btn small">
          {settingWords.logoPick}
          <input class="hidden-visually" type="file" accept="image/png,image/jpeg,image/webp" onChange={(event) => {
            const input = event.currentTarget;
            const file = input.files?.[0];
            // The same picture may be chosen again, after a change.
            if (file) void put(file).finally(() => (input.value = ""));
          }} />
        </label>
        {known.logo && <Button look="quiet" small onClick={() => void put(new Blob([]))}>{settingWords.logoDrop}</Button>}
      </div>
      <span class="muted t12">{settingWords.logoHow}</span>
    </div>
  );
}
