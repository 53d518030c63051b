/** The developer panel (R40): what is kept and how fresh it is, and what each page load cost (P26). */
import { useEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "../../kernel/keys";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { Loads } from "./loads";
import { Queries } from "./queries";
import "./style.css";

const say = words.panel;
const TABS = [
  { name: "loads", label: say.loads, Body: Loads },
  { name: "queries", label: say.queries, Body: Queries },
] as const;

export default function Panel({ onClose }: { onClose: () => void }) {
  const [at, setAt] = useState<(typeof TABS)[number]["name"]>("loads");
  const shown = TABS.find((tab) => tab.name === at) ?? TABS[0];
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    box.current?.focus();
    return () => opener?.isConnected && opener.focus();
  }, []);
  useKeys({ Escape: { label: say.close, run: onClose } }, words.nav.panel);
  return (
    <aside class="panel" ref={box} tabIndex={-1} aria-label={words.nav.panel}>
      <header class="panel-head">
        <h2>{words.nav.panel}</h2>
        <div class="segment" role="group" aria-label={say.which}>
          {TABS.map((tab) => (
            <button key={tab.name} type="button" aria-pressed={tab.name === at} onClick={() => setAt(tab.name)}>
              {tab.label}
            </button>
          ))}
        </div>
        <Button look="quiet" small icon="x" class="end" label={words.close} onClick={onClose} />
      </header>
      <div class="panel-body">
        <shown.Body />
      </div>
    </aside>
  );
}
