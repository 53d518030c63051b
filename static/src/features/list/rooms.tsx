/** What a list does not need for its first picture: fetched when it is idle, or when it is wanted. */
import { lazy, Suspense } from "preact/compat";
import type { ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";

const rooms = {
  peek: () => import("./peek"),
  bulk: () => import("./bulk"),
  editor: () => import("./editor"),
  cell: () => import("./cell"),
  saveView: () => import("./save-view"),
};

/** Waits by itself, so that the list around it stays. */
function room<P extends object>(load: () => Promise<{ default: (props: P) => VNode }>) {
  const Inside = lazy(load) as unknown as ComponentType<P>;
  return (props: P) => (
    <Suspense fallback={null}>
      <Inside {...props} />
    </Suspense>
  );
}

export const Peek = room(rooms.peek);
export const Bulk = room(rooms.bulk);
export const Editor = room(rooms.editor);
export const Cell = room(rooms.cell);
export const SaveView = room(rooms.saveView);

const IDLE_MS = 800;

/** Has everything at hand once the rows are there. */
export function useRooms(ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => Object.values(rooms).forEach((load) => void load().catch(() => {})), IDLE_MS);
    return () => clearTimeout(timer);
  }, [ready]);
}
