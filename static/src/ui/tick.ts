/** Draws anew every second: ages go on without anything happening. */
import { useEffect, useState } from "preact/hooks";

export function useTick(ms = 1000): void {
  const [, set] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => set((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms]);
}
