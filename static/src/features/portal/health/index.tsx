import type { Portal } from "../shape";
export default function Health(_: { portal: Portal }) { return null; }
