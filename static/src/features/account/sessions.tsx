/** Where one is signed in, and the way to end each. */
import { useQuery } from "@tanstack/preact-query";
import { call, get, Problem } from "../../kernel/api";
import { ago } from "../../kernel/format";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";

interface Session {
  id: string;
  last_used_at: string;
  address: string;
  agent: string;
  current: boolean;
}

const text = words.settings.account;
export const SESSIONS = ["sessions", "account"] as const;

export function Sessions() {
  const { data, refetch } = useQuery<Session[], Problem>({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => get<{ data: Session[] }>("auth/sessions", signal).then((answer) => answer.data),
    staleTime: 30_000,
  });
  const end = async (one: Session) => {
    try {
      await call("DELETE", `auth/sessions/${one.id}`);
      toast(text.ended);
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.message, { tone: "danger" });
    }
    void refetch();
  };
  return (
    <section class="card" aria-labelledby="sessions">
      <div class="card-head ruled"><h2 id="sessions">{text.sessions}</h2></div>
      <ul class="account-sessions">
        {data?.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <b class="cut">{deviceOf(one.agent)}</b>
              <small class="muted">{`${one.address}, ${text.lastUsed(ago(one.last_used_at)).toLowerCase()}`}</small>
            </span>
            {one.current ? <span class="chip" data-tone="rest"><Icon name="tick" />{text.here}</span> : <Button small onClick={() => void end(one)}>{text.end}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `Firefox on Windows` out of what a browser says of itself; anything else is shown as it is. */
export function deviceOf(agent: string): string {
  const browsers: [RegExp, string][] = [[/Edg\//, "Edge"], [/OPR\//, "Opera"], [/Firefox\//, "Firefox"], [/Chrome\//, "Chrome"], [/Safari\//, "Safari"]];
  const systems: [RegExp, string][] = [[/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS/, "Mac"], [/Linux/, "Linux"]];
  const browser = browsers.find(([mark]) => mark.test(agent))?.[1];
  const system = systems.find(([mark]) => mark.test(agent))?.[1];
  if (!browser) return agent || "–";
  return system ? `${browser} on ${system}` : browser;
}
