/** Whether the window is as narrow as a phone's. */
import { useEffect, useState } from "preact/hooks";

const narrow = matchMedia("(max-width: 719px)");

export function usePhone(): boolean {
  const [is, set] = useState(narrow.matches);
  useEffect(() => {
    const change = () => set(narrow.matches);
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);
  return is;
}
