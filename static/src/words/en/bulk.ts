/** Many records at once. */
import { count } from "./parts";

export const bulk = {
  update: (n: number, many: string) => `${count(n)} ${many} changed`,
  delete: (n: number, many: string) => `${count(n)} ${many} deleted`,
  restore: (n: number, many: string) => `${count(n)} ${many} restored`,
  refused: (n: number, many: string, why?: string) =>
    `${count(n)} ${many} could not be changed.${why ? ` ${why}` : ""}`,
  selected: (n: number) => `${count(n)} selected`,
  set: (label: string) => `Set ${label.toLowerCase()}`,
  drop: "Delete",
  clear: "Clear the selection",
};
