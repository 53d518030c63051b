/** Files and photos. */
import { count } from "./parts";

export const files = {
  title: "Files and photos",
  add: "Add",
  addLong: "Add files",
  camera: "Take a photo",
  drop: "Drop files here to add them",
  none: "No files yet. Drop some here, or choose them.",
  noneRead: "No files yet.",
  sending: (name: string, percent: number) => `Sending ${name}, ${percent} %`,
  open: (name: string) => `Open ${name}`,
  picture: (name: string) => `Picture ${name}`,
  newTab: "Open in a new tab",
  previous: "Previous picture",
  next: "Next picture",
  at: (at: number, n: number) => `${count(at)} of ${count(n)}`,
  delete: (name: string) => `Delete ${name}`,
  tooLarge: (name: string) => `${name} is larger than 20 MB and was not sent.`,
  refused: (name: string, why: string) => `${name} was not sent. ${why}`,
  again: (name: string) => `Send ${name} again`,
  drop1: (name: string) => `Do not send ${name}`,
  unreachable: "The server cannot be reached. Try again.",
  untaken: "The server could not take this file.",
  sent: (n: number) => (n === 1 ? "File added" : `${count(n)} files added`),
};
