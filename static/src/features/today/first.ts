/** What one types into first, when a dialog has opened. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** After the dialog is open: the browser refuses the focus before. */
export function useFirst<T extends HTMLElement>(): RefObject<T> {
  const first = useRef<T>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => first.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return first;
}
