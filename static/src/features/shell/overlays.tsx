/** What floats over every screen, loaded when it is opened for the first time. */
import { lazy, Suspense } from "preact/compat";
import { useEffect } from "preact/hooks";
import { conflict } from "../../kernel/writes";
import { useSchema } from "../../kernel/schema";
import { role } from "../../kernel/session";
import { keysOpen, paletteOpen, panelOpen } from "./open";
import { screensFor } from "./screens";

const loadPalette = () => import("../palette");
const Palette = lazy(loadPalette);
const Keys = lazy(() => import("../palette/keys"));
const Panel = lazy(() => import("../panel"));
const ConflictDialog = lazy(() => import("../conflict"));

export function Overlays() {
  const schema = useSchema();
  useEffect(() => {
    // Fetched once the page has come to rest, so that it opens at once.
    const timer = setTimeout(() => void loadPalette().catch(() => {}), 1500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Suspense fallback={null}>
      {paletteOpen.value && (
        <Palette
          screens={screensFor(role.value, schema?.kinds)}
          onKeys={() => (keysOpen.value = true)}
          onPanel={() => (panelOpen.value = true)}
          onClose={() => (paletteOpen.value = false)}
        />
      )}
      {keysOpen.value && <Keys onClose={() => (keysOpen.value = false)} />}
      {panelOpen.value && <Panel onClose={() => (panelOpen.value = false)} />}
      {conflict.value && <ConflictDialog {...conflict.value} />}
    </Suspense>
  );
}
