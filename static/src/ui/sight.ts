/** Which rows are in sight: all rows have one height, so it is a division. */
import { useLayoutEffect, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** Rows drawn beyond either edge (R12). */
const OVERSCAN = 10;

export interface Sight {
  first: number;
  /** Not drawn any more. */
  end: number;
  /** The room in pixels, for the widths of columns. */
  width: number;
}

/** The rows to draw of `length`, for a scroller whose rows begin after `head` pixels. */
export function inSight(top: number, height: number, row: number, length: number): { first: number; end: number } {
  const first = Math.max(0, Math.min(Math.floor(top / row), length) - OVERSCAN);
  const end = Math.min(length, Math.ceil((top + height) / row) + OVERSCAN);
  return { first, end: Math.max(first, end) };
}

/** Where each list was left, so that a return finds it as it was. */
const left = new Map<string, number>();

/** `name` tells lists apart; `ready` once there are rows to scroll to. */
export function useSight(scroller: RefObject<HTMLElement>, row: number, head: number, length: number, name: string, ready: boolean): Sight {
  const [at, setAt] = useState({ top: 0, height: 0, width: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const next = { top: element.scrollTop, height: element.clientHeight - head, width: element.clientWidth };
      setAt((old) => {
        const moved = Math.floor(old.top / row) !== Math.floor(next.top / row) || old.height !== next.height || old.width !== next.width;
        return moved ? next : old;
      });
    };
    const scrolled = () => {
      if (ready) left.set(name, element.scrollTop);
      measure();
    };
    if (ready) element.scrollTop = left.get(name) ?? 0;
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", scrolled);
    };
  }, [row, head, name, ready]);
  return { ...inSight(at.top, at.height, row, length), width: at.width };
}

/** Scrolls no further than it takes to have the row whole in sight, below the head. */
export function reveal(scroller: HTMLElement, index: number, row: number, head: number): void {
  const top = index * row;
  const height = scroller.clientHeight - head;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + row > scroller.scrollTop + height) scroller.scrollTop = top + row - height;
}
