/** What one wants to be told, and how. */
import { useQuery, useQueryClient } from "@tanstack/preact-query";
import { Problem } from "../../kernel/api";
import { chooseWay, readWays, type Sort, type Ways } from "../../kernel/notifications";
import { toast } from "../../kernel/toasts";
import { notificationWords } from "../../words/notifications";

const text = notificationWords.settings;
const KEY = ["told", "account"] as const;
const SORTS = Object.keys(text.sorts) as Sort[];
const WAYS = ["app", "mail", "none"] as const;

export function Told() {
  const client = useQueryClient();
  const { data } = useQuery<Ways, Problem>({ queryKey: KEY, queryFn: ({ signal }) => readWays(signal), staleTime: 60_000 });
  const choose = async (sort: Sort, way: string) => {
    try {
      client.setQueryData<Ways>(KEY, await chooseWay(sort, way));
      toast(text.saved);
    } catch (refused) {
      if (refused instanceof Problem) toast(refused.errors[0]?.message ?? refused.message, { tone: "danger" });
      void client.invalidateQueries({ queryKey: KEY });
    }
  };
  return (
    <section class="card account-card" aria-labelledby="told">
      <h2 id="told">{text.title}</h2>
      <div class="account-told">
        {SORTS.map((sort) => (
          <label key={sort}>
            <span>{text.sorts[sort]}</span>
            <select class="input small" disabled={!data} value={data?.[sort] ?? "app"} onChange={(event) => void choose(sort, event.currentTarget.value)}>
              {WAYS.filter((way) => way !== "mail" || data?.mail || data?.[sort] === "mail").map((way) => (
                <option key={way} value={way}>
                  {text.ways[way]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {data && !data.mail && <p class="muted t13">{text.noMail}</p>}
    </section>
  );
}
