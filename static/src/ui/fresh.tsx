/** How old what is shown is, in words, and a way to read it again. */
import { useEffect, useState } from "preact/hooks";
import { words } from "../words";
import { Button } from "./button";

const TICK_MS = 5000;

interface Props {
  /** When it was read. */
  at: number;
  busy: boolean;
  onRefresh: () => void;
}

export function Fresh({ at, busy, onRefresh }: Props) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [at]);
  const age = busy ? words.updating : words.updatedAgo(Math.max(0, now - at) / 1000);
  return (
    <span class="fresh">
      <span class="t12 muted nowrap">{age}</span>
      <Button look="quiet" small icon="refresh" label={words.refresh} aria-busy={busy} onClick={onRefresh} />
    </span>
  );
}
