/** Around every screen: the rail, the bar on a phone, and what floats. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { upgraded } from "../../kernel/api";
import { installKeys } from "../../kernel/keys";
import { visit, watchReads } from "../../kernel/visits";
import { Button } from "../../ui/button";
import { Toaster } from "../../ui/toaster";
import { words } from "../../words";
import { useGlobalKeys } from "./keys";
import { Offline } from "./offline";
import { Pending } from "./pending";
import { PhoneBar } from "./phone-bar";
import { Rail } from "./rail";
import { useScrollMemory } from "./scroll";
import "./style.css";

export function Shell({ children }: { children: ComponentChildren }) {
  useGlobalKeys();
  useScrollMemory();
  useEffect(installKeys, []);
  useEffect(watchReads, []);
  const [at] = useLocation();
  // Counted before the screen below asks for anything.
  visit(at);
  return (
    <>
      <a class="skip" href="#main">
        {words.nav.skip}
      </a>
      <div class="app">
        <Rail />
        <div class="stage">
          {upgraded.value && (
            <p class="banner" role="status">
              <span>
                <b>{words.upgraded}</b> {words.upgradedHow}
              </span>
              <Button small class="end" onClick={() => location.reload()}>
                {words.reload}
              </Button>
            </p>
          )}
          <Offline />
          {children}
        </div>
      </div>
      <PhoneBar />
      <Pending />
      <Toaster />
    </>
  );
}
