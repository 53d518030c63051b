/** Which kinds can be seen as a board too. */
import type { Kind } from "../../kernel/schema";

export const hasBoard = (kind: Kind): boolean => kind.name === "deals" || kind.name === "work-orders";
