/** A menu that floats beside what opened it. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon";

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Ticked, in a menu of choices. */
  picked?: boolean;
  danger?: boolean;
  disabled?: boolean;
  onPick: () => void;
}

interface Props {
  /** What opens it; it gets these. */
  button: (open: { onClick: () => void; "aria-expanded": boolean; "aria-haspopup": "menu" }) => ComponentChildren;
  items: MenuItem[];
  label: string;
}

export function Menu({ button, items, label }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  return (
    <span class="menu-root" ref={root}>
      {button({ onClick: () => setOpen(!open), "aria-expanded": open, "aria-haspopup": "menu" })}
      {open && (
        <Floating anchor={root.current} onClose={() => setOpen(false)}>
          <ul class="menu" role="menu" aria-label={label} onKeyDown={(event) => walk(event, close)}>
            {items.map((item) => (
              <li key={item.label} role="none">
                <button
                  type="button"
                  role={item.picked === undefined ? "menuitem" : "menuitemradio"}
                  aria-checked={item.picked}
                  disabled={item.disabled}
                  class={item.danger ? "danger" : undefined}
                  onClick={() => {
                    close();
                    item.onPick();
                  }}
                >
                  {item.icon && <Icon name={item.icon} />}
                  <span class="grow">{item.label}</span>
                  {item.picked && <Icon name="check" />}
                </button>
              </li>
            ))}
          </ul>
        </Floating>
      )}
    </span>
  );
}

/** Up and down go through the items, Escape goes back. */
function walk(event: KeyboardEvent, close: () => void): void {
  const list = event.currentTarget as HTMLElement;
  const items = [...list.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key in steps) {
    event.preventDefault();
    items.at((steps[event.key] as number) % items.length)?.focus();
  }
}

interface FloatingProps {
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ComponentChildren;
  /** Do not move the focus into it. */
  still?: boolean;
}

/** Holds something beside its anchor and inside the window; a click elsewhere closes it. */
export function Floating({ anchor, onClose, children, still }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !anchor) return;
    const place = () => {
      const at = anchor.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = element;
      const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
      const below = at.bottom + 4;
      const above = at.top - height - 4;
      // Where it fits on neither side it stands as low as the window lets it.
      const top = below + height <= innerHeight - 8 ? below : above >= 8 ? above : Math.max(8, innerHeight - height - 8);
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
      element.style.visibility = "visible";
    };
    place();
    // What it holds may grow after it is open.
    const watch = new ResizeObserver(place);
    watch.observe(element);
    if (!still) element.querySelector<HTMLElement>("button:not(:disabled), input, select, textarea")?.focus();
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor?.contains(target)) onClose();
    };
    addEventListener("pointerdown", elsewhere, true);
    return () => removeEventListener("pointerdown", elsewhere, true);
  }, []);
  return (
    <div
      class="floating"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
