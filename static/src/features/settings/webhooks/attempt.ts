/** Deeds whose refusal is told in passing. */
import { Problem } from "../../../kernel/api";
import { toast } from "../../../kernel/toasts";

/** Does something on the server, and tells why it was refused. */
export async function attempt<T>(deed: () => Promise<T>): Promise<T | undefined> {
  try {
    return await deed();
  } catch (refused) {
    if (!(refused instanceof Problem)) throw refused;
    toast(refused.message, { tone: "danger" });
    return undefined;
  }
}
