/** Which files are pictures that every browser draws. */
import type { Row } from "../../kernel/api";

const DRAWN = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"]);

export const isPicture = (row: Row): boolean => DRAWN.has(String(row.media_type));

/** A plain click looks at it here; with a key held down the browser opens it as it opens links. */
export const isPlain = (event: MouseEvent): boolean => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
