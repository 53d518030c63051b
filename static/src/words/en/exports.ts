/** A list that is written into a file in the background. */
import { count } from "./parts";

export const exports = {
  title: "Export",
  list: (many: string) => `Back to the ${many}`,
  making: "Writing the file",
  asking: "Waiting for its turn",
  goesOn: "This goes on when you leave the page, even if the server restarts. You are told when the file is ready.",
  cancel: "Cancel",
  stopping: "Stopping…",
  percent: (n: number) => `${n} %`,
  ready: "The file is ready",
  holds: (rows: number, size: string) => `${count(rows)} ${rows === 1 ? "row" : "rows"}, ${size}. It is kept for up to 30 days, for you alone.`,
  fetch: "Download",
  cancelled: "This export was cancelled",
  cancelledHow: "Export the list again whenever you like.",
  dead: "This file could not be made",
};
