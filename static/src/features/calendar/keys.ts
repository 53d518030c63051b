/** The calendar's keys: arrows go from day to day, t to today, m and w change the view. */
import { useEffect, useRef } from "preact/hooks";
import { today } from "../../kernel/format";
import { addDays } from "../../kernel/zone";
import { type Place, step } from "./place";

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function useKeys(place: Place): void {
  const latest = useRef(place);
  latest.current = place;
  const follow = useRef(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as Element;
      const elsewhere = target !== document.body && !target.closest("#main");
      if (elsewhere || target.closest("input, select, textarea, dialog, .floating, .menu, .head, .bar") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const now = latest.current;
      const days = STEPS[event.key];
      if (days !== undefined) {
        follow.current = true;
        now.go({ day: addDays(now.day, days) });
      } else if (event.key === "PageUp" || event.key === "PageDown") {
        follow.current = true;
        now.go({ day: step(now.look, now.day, event.key === "PageUp" ? -1 : 1) });
      } else if (event.key === "t") now.go({ day: today() });
      else if (event.key === "m") now.go({ look: "month" });
      else if (event.key === "w") now.go({ look: "week" });
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the keys of the whole app, which know nothing of days.
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, []);
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    document.querySelector<HTMLElement>(`[data-day="${place.day}"]`)?.focus();
  }, [place.day]);
}
