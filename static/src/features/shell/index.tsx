/** Around every screen: the rail, the bar on a phone, and what floats. */
import type { ComponentChildren } from "preact";
import { upgraded } from "../../kernel/api";
import { Button } from "../../ui/button";
import { Toaster } from "../../ui/toaster";
import { words } from "../../words";
import { PhoneBar } from "./phone-bar";
import { Rail } from "./rail";
import "./style.css";

export function Shell({ children }: { children: ComponentChildren }) {
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
          {children}
        </div>
      </div>
      <PhoneBar />
      <Toaster />
    </>
  );
}
