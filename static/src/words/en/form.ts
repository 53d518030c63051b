/** Making and changing a record. */
import { article } from "./parts";

export const form = {
  make: (one: string) => `New ${one}`,
  change: (one: string) => `Edit ${one}`,
  create: (one: string) => `Add ${article(one)} ${one}`,
  required: "needed",
  choose: "Choose…",
  searchFor: (many: string) => `Type to find ${many}`,
  nothing: "Nothing found",
};
