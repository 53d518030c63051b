/** How much one was told and has not looked at. */
import { useEffect, useState } from "preact/hooks";
import { notificationsPart } from "../../kernel/notifications";
import { asked, usePart } from "../../kernel/pages";
import { words } from "../../words";

/** A screen that asks for no page brings no notifications along: then they are asked for by themselves. */
const PATIENCE_MS = 3000;

export function useUnread(): number {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return usePart(notificationsPart, asked.value || late).data?.unread ?? 0;
}

export function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="unread">
      <span class="hidden-visually">{words.nav.unread(count)}</span>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
    </span>
  );
}
