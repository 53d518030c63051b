/** Going back shows the place where one was: scrolled positions are kept by address. */
import { useEffect } from "preact/hooks";
import { useLocation } from "wouter-preact";

/** As long as a screen may take to have its rows again. */
const PATIENCE_MS = 1500;
const KEPT = 60;

interface Place {
  /** Which of the screen's scrolling parts; null for the window (on a phone). */
  part: string | null;
  top: number;
}

const kept = new Map<string, Place>();
const address = (): string => location.pathname + location.search;
const nameOf = (element: Element): string => element.className;

let goingBack = false;
let stop = () => {};

function remember(event: Event): void {
  const target = event.target;
  const whole = target === document;
  if (!whole && !(target instanceof Element && target.closest("#main"))) return;
  kept.delete(address());
  kept.set(address(), whole ? { part: null, top: scrollY } : { part: nameOf(target as Element), top: (target as Element).scrollTop });
  const oldest = kept.size > KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
}

/** Scrolls to where one was as soon as there is enough to scroll; a touch of the person's own ends it. */
function restore({ part, top }: Place): () => void {
  const until = performance.now() + PATIENCE_MS;
  let frame = 0;
  const end = () => cancelAnimationFrame(frame);
  const look = () => {
    const parts = [...document.querySelectorAll<HTMLElement>("#main, #main *")];
    const box = part === null ? document.documentElement : parts.find((element) => nameOf(element) === part);
    if (box && box.scrollHeight - box.clientHeight >= top) {
      box.scrollTop = top;
      return;
    }
    if (performance.now() < until) frame = requestAnimationFrame(look);
  };
  for (const own of ["wheel", "touchstart", "keydown"]) addEventListener(own, end, { once: true, passive: true });
  frame = requestAnimationFrame(look);
  return end;
}

export function useScrollMemory(): void {
  const [at] = useLocation();
  useEffect(() => {
    const back = () => (goingBack = true);
    addEventListener("popstate", back, true);
    document.addEventListener("scroll", remember, { capture: true, passive: true });
    return () => {
      removeEventListener("popstate", back, true);
      document.removeEventListener("scroll", remember, true);
    };
  }, []);
  useEffect(() => {
    stop();
    const place = goingBack ? kept.get(address()) : undefined;
    goingBack = false;
    if (place) stop = restore(place);
    else if (scrollY > 0) scrollTo(0, 0);
  }, [at]);
}
