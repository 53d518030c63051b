/** The lines that say what just happened. */
import { dismiss, toasts } from "../kernel/toasts";
import { words } from "../words";
import { Button } from "./button";
import { Icon } from "./icon";

export function Toaster() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class="toast" data-tone={toast.tone}>
          <Icon name={toast.tone === "danger" ? "alert" : "tick"} />
          <span>{toast.text}</span>
          {toast.undo && (
            <Button
              look="quiet"
              small
              onClick={() => {
                dismiss(toast.id);
                toast.undo?.();
              }}
            >
              {words.undo}
            </Button>
          )}
          <Button look="quiet" small icon="x" label={words.close} onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
