/** Asks before what was typed is left behind. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";

interface Props {
  dirty: boolean;
  /** Where somebody wants to go, asked from inside the form; undefined while nobody does. */
  asked: string | undefined;
  onAsk: (to: string | undefined) => void;
  onDiscard: () => void;
}

export function LeaveGuard({ dirty, asked, onAsk, onDiscard }: Props) {
  const [, go] = useLocation();
  const [passing, setPassing] = useState(false);
  useEffect(() => {
    if (!dirty || passing) return;
    // The tab is about to close: the browser asks in its own words.
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = (event.target as HTMLElement).closest?.("a[href^='/']");
      if (!link || link.getAttribute("target") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      onAsk(link.getAttribute("href") as string);
    };
    addEventListener("beforeunload", unload);
    addEventListener("click", click, true);
    return () => {
      removeEventListener("beforeunload", unload);
      removeEventListener("click", click, true);
    };
  }, [dirty, passing]);
  if (asked === undefined) return null;
  const leave = (discard: boolean) => {
    setPassing(true);
    if (discard) onDiscard();
    else toast(words.form.kept, { tone: "info" });
    onAsk(undefined);
    go(asked);
  };
  return (
    <Dialog
      title={words.form.leave}
      onClose={() => onAsk(undefined)}
      foot={
        <>
          <Button look="danger" onClick={() => leave(true)}>
            {words.form.dropDraft}
          </Button>
          <Button onClick={() => leave(false)}>{words.form.keepDraft}</Button>
          <Button look="primary" onClick={() => onAsk(undefined)}>
            {words.form.stay}
          </Button>
        </>
      }
    >
      <p>{words.form.leaveHow}</p>
    </Dialog>
  );
}
