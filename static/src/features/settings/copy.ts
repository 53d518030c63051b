/** Copies what stands in a field. It is said only once it is so; where the browser will not, the text is selected. */
import { useRef, useState } from "preact/hooks";

export function useCopy<F extends HTMLInputElement | HTMLTextAreaElement>(value: string) {
  const field = useRef<F>(null);
  const [came, setCame] = useState<"copied" | "selected" | null>(null);
  const copy = async () => {
    try {
      // There is none on an address without https.
      if (!navigator.clipboard) throw new Error("no clipboard");
      await navigator.clipboard.writeText(value);
      setCame("copied");
    } catch {
      field.current?.focus();
      field.current?.select();
      setCame("selected");
    }
  };
  return { field, came, copy: () => void copy() };
}
