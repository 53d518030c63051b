/** What one was told lately. Whoever opens it has seen it. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useRef } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Problem } from "../../kernel/api";
import { markAllRead, type Notifications, readAll } from "../../kernel/notifications";
import { Icon } from "../../ui/icon";
import { Screen } from "../../ui/screen";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { notificationWords as say } from "../../words/notifications";
import { Line } from "./line";
import "./style.css";

export default function NotificationsPage() {
  const { data, error, refetch } = useQuery<Notifications, Problem>({
    queryKey: ["notifications", "notifications", "all"],
    queryFn: () => readAll(),
    staleTime: 0,
    gcTime: 0,
  });
  const seen = useRef(false);
  const unread = data?.unread ?? 0;
  useEffect(() => {
    if (unread === 0 || seen.current) return;
    seen.current = true;
    // A dot that stays a little longer is no harm.
    markAllRead().catch(() => {});
  }, [unread]);
  const choose = (
    <Link class="btn" href="/account" aria-label={say.choose} title={say.choose}>
      <Icon name="sliders" />
      <span class="desk">{say.choose}</span>
    </Link>
  );
  return (
    <Screen title={say.title} actions={choose}>
      <div class="body">
        {!data ? (
          error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Skeleton rows={6} />
        ) : data.data.length === 0 ? (
          <Empty icon="bell" title={say.none}>
            {say.noneHow}
          </Empty>
        ) : (
          <ul class="card notices" aria-label={say.title}>
            {data.data.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </ul>
        )}
      </div>
    </Screen>
  );
}
