/** A record. */
import { count } from "./parts";

export const record = {
  details: "Details",
  timeline: "Timeline",
  edit: "Edit",
  related: "Related",
  history: "History",
  notes: "Notes",
  write: "Write a note",
  send: "Send",
  previous: "Previous",
  next: "Next",
  of: (at: number, n: string) => `${count(at)} of ${n}`,
  deleteAsk: (title: string) => `Delete “${title}”?`,
  deleteHow: "You can bring it back for as long as its message shows, or later from its history.",
};
