/** Where the keyboard is in a list: on a row, or on a cell of it. */
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { useKeys } from "../../kernel/keys";
import { words } from "../../words";

export interface Cursor {
  at: number;
  cell: number | null;
  /** The cell that is being changed. */
  editing: number | null;
  /** Somebody has used it; before that no row is marked. */
  shown: boolean;
  /** Counts moves by key, after which the row is brought into sight. */
  moved: number;
  put: (at: number, cell: number | null) => void;
  step: (by: number) => void;
  edit: (at: number, cell: number) => void;
  leaveCell: () => void;
}

export interface Actions {
  many: string;
  length: number;
  columns: number;
  canEdit: (cell: number) => boolean;
  open: (at: number) => void;
  peek: (at: number) => void;
  pick: (at: number) => void;
  create?: () => void;
  search: () => void;
  leave: () => boolean;
  toggleDensity: () => void;
}

interface State {
  at: number;
  cell: number | null;
  editing: number | null;
  shown: boolean;
  moved: number;
}

const START: State = { at: 0, cell: null, editing: null, shown: false, moved: 0 };

export function useCursor(actions: Actions): Cursor {
  const [state, setState] = useState(START);
  const latest = useRef({ state, actions });
  latest.current = { state, actions };
  const set = (changes: Partial<State>) => setState((old) => ({ ...old, shown: true, ...changes }));
  const go = (to: number) => {
    const { state: now, actions: list } = latest.current;
    // The first key press marks the row that one sees; the next ones move.
    const at = now.shown ? to : now.at;
    set({ at: Math.max(0, Math.min(at, list.length - 1)), editing: null, moved: now.moved + 1 });
  };
  const sideways = (by: number) => {
    const { state: now, actions: list } = latest.current;
    const next = (now.cell ?? -1) + by;
    set({ cell: next < 0 ? null : Math.min(next, list.columns - 1), moved: now.moved + 1 });
  };
  const edit = (at: number, cell: number) => {
    if (latest.current.actions.canEdit(cell)) set({ at, cell, editing: cell });
    else set({ at, cell });
  };
  const firstEditable = () => {
    const { canEdit, columns } = latest.current.actions;
    return Array.from({ length: columns }, (_, i) => i).find(canEdit) ?? -1;
  };
  const leaveCell = useCallback(() => setState((old) => ({ ...old, editing: null })), []);
  const { at, cell } = state;
  const labels = words.list.keys;
  useKeys(
    {
      j: { label: labels.down, run: () => go(latest.current.state.at + 1) },
      k: { label: labels.up, run: () => go(latest.current.state.at - 1) },
      ArrowDown: { run: () => go(latest.current.state.at + 1) },
      ArrowUp: { run: () => go(latest.current.state.at - 1) },
      PageDown: { run: () => go(latest.current.state.at + 15) },
      PageUp: { run: () => go(latest.current.state.at - 15) },
      Home: { label: labels.first, run: () => go(0) },
      End: { label: labels.last, run: () => go(actions.length - 1) },
      ArrowRight: { label: labels.right, run: () => sideways(1) },
      ArrowLeft: { label: labels.left, run: () => sideways(-1) },
      Enter: { label: labels.open, run: () => (cell !== null && actions.canEdit(cell) ? edit(at, cell) : actions.open(at)) },
      e: { label: labels.edit, run: () => edit(at, cell ?? firstEditable()) },
      Space: { label: labels.peek, run: () => actions.peek(at) },
      x: { label: labels.pick, run: () => actions.pick(at) },
      c: actions.create && { label: labels.create, run: actions.create },
      "/": { label: labels.search, run: actions.search },
      d: { label: labels.density, run: actions.toggleDensity },
      Escape: { label: labels.leave, run: () => (cell !== null ? set({ cell: null }) : actions.leave() || setState((old) => ({ ...old, shown: false }))) },
    },
    labels.title(actions.many),
  );
  return useMemo(
    () => ({
      ...state,
      put: (to, own) => set({ at: to, cell: own, editing: null }),
      step: (by) => go(latest.current.state.at + by),
      edit,
      leaveCell,
    }),
    [state],
  );
}
