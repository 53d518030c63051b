/** Going from card to card with the keys, and moving the one at hand. */
import type { RefObject } from "preact";
import { useLocation } from "wouter-preact";
import { useKeys } from "../../kernel/keys";
import { boardWords } from "../../words/board";

const card = (element: Element | null): HTMLElement | null => element?.closest<HTMLElement>("[data-card]") ?? null;
const cardsOf = (column: Element): HTMLElement[] => [...column.querySelectorAll<HTMLElement>("[data-card]")];

export function focusCard(board: HTMLElement | null, id: string): boolean {
  const link = board?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] a`);
  link?.focus();
  return link !== null && link !== undefined;
}

export function walk(event: KeyboardEvent, onMove: (id: string, step: 1 | -1) => void): void {
  const here = card(event.target as Element);
  if (!here || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(".floating")) return;
  const step = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1;
  const across = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (event.key === "m") here.querySelector<HTMLElement>("[aria-haspopup]")?.click();
  else if (!event.key.startsWith("Arrow")) return;
  else if (across && event.shiftKey) onMove(here.dataset.card as string, step);
  else neighbour(here, step, across)?.querySelector<HTMLElement>("a")?.focus();
  event.preventDefault();
  event.stopPropagation();
}

function neighbour(here: HTMLElement, step: 1 | -1, across: boolean): HTMLElement | undefined {
  const column = here.closest("[data-drop]");
  if (!column) return undefined;
  const at = cardsOf(column).indexOf(here);
  if (!across) return cardsOf(column)[at + step];
  const columns = [...(column.parentElement?.querySelectorAll("[data-drop]") ?? [])];
  for (let i = columns.indexOf(column) + step; columns[i]; i += step) {
    const cards = cardsOf(columns[i] as Element);
    if (cards.length) return cards[Math.min(at, cards.length - 1)];
  }
  return undefined;
}

/** The keys of the list, on the board: they find the first card when none is at hand. */
export function useBoardKeys(board: RefObject<HTMLElement>, kind: string, title: string, canEdit: boolean): void {
  const [, go] = useLocation();
  const at = () => card(document.activeElement);
  const step = (by: 1 | -1) => {
    const here = at();
    const next = here ? neighbour(here, by, false) : board.current?.querySelector("[data-card]");
    next?.querySelector<HTMLElement>("a")?.focus();
  };
  const say = boardWords.press;
  useKeys(
    {
      j: { label: say.next, run: () => step(1) },
      k: { label: say.previous, run: () => step(-1) },
      ArrowDown: { run: () => step(1) },
      ArrowUp: { run: () => step(-1) },
      Enter: { label: say.open, run: () => {} },
      e: canEdit ? { label: say.edit, run: () => at() && go(`/${kind}/${at()?.dataset.card}/edit`) } : undefined,
      m: canEdit ? { label: say.menu, run: () => at()?.querySelector<HTMLElement>("[aria-haspopup]")?.click() } : undefined,
      // The card itself answers to it; it is told here so that the list of keys knows.
      "shift+ArrowRight": canEdit ? { label: say.move, run: () => {} } : undefined,
      Escape: { label: say.leave, run: () => (document.activeElement as HTMLElement | null)?.blur() },
    },
    title,
  );
}
