/** Many records at once. */
import { count } from "./parts";

export const bulk = {
  update: (n: number, many: string) => `${count(n)} ${many} changed`,
  delete: (n: number, many: string) => `${count(n)} ${many} deleted`,
  restore: (n: number, many: string) => `${count(n)} ${many} restored`,
  refused: (n: number, many: string, why?: string) =>
    `${count(n)} ${many} could not be changed.${why ? ` ${why}` : ""}`,
  selected: (n: number) => `${count(n)} selected`,
  label: (n: number) => `With the ${count(n)} selected rows`,
  set: (label: string) => `Set ${label.toLowerCase()}`,
  setFor: (n: number) => `For ${count(n)} rows`,
  drop: "Delete",
  dropAsk: (n: number, many: string) => `Delete ${count(n)} ${many}?`,
  dropHow: "You can bring them back for as long as the message shows.",
  clear: "Clear the selection",
  tooMany: (most: number) => `At most ${count(most)} rows can be changed at once.`,
};
