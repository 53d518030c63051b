/**
 * Dragging by mouse, pen and finger. A copy of what was taken up follows the pointer; nothing moves
 * in the page until it is dropped, so that the data alone decides where things stand.
 */
import { useEffect, useRef } from "preact/hooks";
import "./drag.css";

/** Pixels that a mouse moves before a press counts as dragging. */
const SLACK = 5;
/** A finger rests so long before it drags: moving at once scrolls. */
const HOLD_MS = 240;
const EDGE = 44;
const STEP = 14;

export interface Spot {
  x: number;
  y: number;
  /** Where the left edge and the top of the copy are. */
  left: number;
  top: number;
  /** What lies below that takes things: the nearest element with `data-drop`. */
  over: HTMLElement | null;
}

export interface DragHandlers<T> {
  onStart?: (item: T) => void;
  onMove?: (item: T, spot: Spot) => void;
  onDrop: (item: T, spot: Spot) => void;
  /** Always last, dropped or given up. */
  onEnd?: () => void;
}

let dragging = false;

/** Gives what an element calls `onPointerDown` with, so that it can be taken up. */
export function useDrag<T>(handlers: DragHandlers<T>): (event: PointerEvent, item: T) => void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    // Registered beforehand, as a browser asks only then whether it may scroll.
    const still = (event: TouchEvent) => dragging && event.cancelable && event.preventDefault();
    document.addEventListener("touchmove", still, { passive: false });
    return () => document.removeEventListener("touchmove", still);
  }, []);
  return (event, item) => press(event, item, latest);
}

function press<T>(event: PointerEvent, item: T, handlers: { current: DragHandlers<T> }): void {
  const node = event.currentTarget as HTMLElement;
  if (dragging || event.button !== 0 || (event.target as Element).closest("[data-no-drag]")) return;
  const from = { x: event.clientX, y: event.clientY };
  const touch = event.pointerType === "touch";
  let last = from;
  let ghost: Ghost | null = null;
  let frame = 0;
  const hold = touch ? setTimeout(begin, HOLD_MS) : undefined;

  function begin(): void {
    dragging = true;
    ghost = lift(node, from);
    document.documentElement.classList.add("is-dragging");
    handlers.current.onStart?.(item);
    move();
    frame = requestAnimationFrame(scroll);
  }

  function spot(): Spot {
    const below = document.elementFromPoint(last.x, last.y);
    const left = last.x - (ghost?.dx ?? 0);
    return { ...last, left, top: last.y - (ghost?.dy ?? 0), over: below?.closest<HTMLElement>("[data-drop]") ?? null };
  }

  function move(): void {
    if (!ghost) return;
    const at = spot();
    ghost.node.style.translate = `${at.left}px ${at.top}px`;
    handlers.current.onMove?.(item, at);
  }

  function scroll(): void {
    if (scrollAt(last.x, last.y)) move();
    frame = requestAnimationFrame(scroll);
  }

  function moved(now: PointerEvent): void {
    last = { x: now.clientX, y: now.clientY };
    const far = Math.hypot(last.x - from.x, last.y - from.y);
    if (ghost) move();
    else if (touch && far > 2 * SLACK) done(false);
    else if (!touch && far > SLACK) begin();
  }

  function done(dropped: boolean): void {
    clearTimeout(hold);
    cancelAnimationFrame(frame);
    for (const [name, listener] of listeners) removeEventListener(name, listener as EventListener, true);
    if (!ghost) return;
    const at = spot();
    ghost.node.remove();
    ghost = null;
    dragging = false;
    document.documentElement.classList.remove("is-dragging");
    // The release of the button is no click on what lies below.
    const swallow = (click: Event) => (click.preventDefault(), click.stopPropagation());
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true));
    if (dropped) handlers.current.onDrop(item, at);
    handlers.current.onEnd?.();
  }

  const listeners: [string, (event: never) => void][] = [
    ["pointermove", moved],
    ["pointerup", () => done(true)],
    ["pointercancel", () => done(false)],
    ["dragstart", (native: Event) => native.preventDefault()],
    ["contextmenu", (menu: Event) => touch && menu.preventDefault()],
    [
      "keydown",
      (key: KeyboardEvent) => {
        if (key.key !== "Escape" || !ghost) return;
        key.stopPropagation();
        done(false);
      },
    ],
  ];
  for (const [name, listener] of listeners) addEventListener(name, listener as EventListener, true);
}

interface Ghost {
  node: HTMLElement;
  dx: number;
  dy: number;
}

function lift(node: HTMLElement, from: { x: number; y: number }): Ghost {
  const box = node.getBoundingClientRect();
  const copy = node.cloneNode(true) as HTMLElement;
  copy.removeAttribute("id");
  copy.setAttribute("aria-hidden", "true");
  copy.classList.add("dragged");
  copy.style.inset = "0 auto auto 0";
  copy.style.width = `${box.width}px`;
  copy.style.height = `${box.height}px`;
  document.body.append(copy);
  return { node: copy, dx: from.x - box.left, dy: from.y - box.top };
}

/** Scrolls what scrolls when the pointer is near its edge. */
function scrollAt(x: number, y: number): boolean {
  let scrolled = false;
  for (const box of document.querySelectorAll<HTMLElement>("[data-scrolls]")) {
    const edge = box.getBoundingClientRect();
    if (x < edge.left || x > edge.right || y < edge.top || y > edge.bottom) continue;
    const { scrollLeft, scrollTop } = box;
    const across = x > edge.right - EDGE ? STEP : x < edge.left + EDGE ? -STEP : 0;
    const down = y > edge.bottom - EDGE ? STEP : y < edge.top + EDGE ? -STEP : 0;
    if (box.dataset.scrolls !== "y") box.scrollLeft += across;
    if (box.dataset.scrolls !== "x") box.scrollTop += down;
    scrolled ||= box.scrollLeft !== scrollLeft || box.scrollTop !== scrollTop;
  }
  return scrolled;
}
