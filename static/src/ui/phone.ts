/** Whether the window is as narrow as a phone: the same width at which the styles change. */
import { useEffect, useState } from "preact/hooks";

const narrow = matchMedia("(max-width: 719px)");

export function usePhone(): boolean {
  const [phone, setPhone] = useState(narrow.matches);
  useEffect(() => {
    const look = () => setPhone(narrow.matches);
    narrow.addEventListener("change", look);
    return () => narrow.removeEventListener("change", look);
  }, []);
  return phone;
}
