/** What floats over every screen, loaded when it is opened for the first time. */
import { lazy, Suspense } from "preact/compat";
import { conflict } from "../../kernel/writes";
import { keysOpen, paletteOpen, panelOpen } from "./open";

const Palette = lazy(() => import("../palette"));
const Keys = lazy(() => import("../palette/keys"));
const Panel = lazy(() => import("../panel"));
const ConflictDialog = lazy(() => import("../conflict"));

export function Overlays() {
  return (
    <Suspense fallback={null}>
      {paletteOpen.value && <Palette onClose={() => (paletteOpen.value = false)} />}
      {keysOpen.value && <Keys onClose={() => (keysOpen.value = false)} />}
      {panelOpen.value && <Panel onClose={() => (panelOpen.value = false)} />}
      {conflict.value && <ConflictDialog {...conflict.value} />}
    </Suspense>
  );
}
