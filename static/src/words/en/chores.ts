/** What goes on behind the scenes. */
import { count } from "./parts";

type Facts = Record<string, unknown>;

const facts = (of: unknown): Facts => (of !== null && typeof of === "object" ? (of as Facts) : {});
const n = (of: unknown): number => (typeof of === "number" ? of : 0);

const NAMES: Record<string, string> = {
  "due-orders": "Orders for inspections and calibrations",
  "watch-portal": "A look at how the portal is",
  "repeat-orders": "The next of orders that repeat",
  report: "Report",
  export: "Export",
  backup: "Backup",
  tidy: "Tidying up",
  statistics: "Count of all figures anew",
  sweep: "Sweeping files",
};

const IMPORTS: Record<string, string> = { checking: "Check of", reverting: "Taking back" };

export const chores = {
  title: "Background work",
  about: "What Larder does by itself, and what takes so long that nobody has to wait for it. It goes on when you leave, and after a restart.",
  open: "Under way",
  clock: "By the clock",
  ended: "Finished lately",
  nothing: "Nothing is under way",
  nothingHow: "Imports, exports, reports and what Larder does by the clock appear here while they run.",
  states: {
    waiting: "Waiting",
    running: "Running",
    done: "Done",
    failed: "Trying again",
    cancelled: "Cancelled",
    dead: "Gave up",
  } as Record<string, string>,
  cancelling: "Stopping…",
  name: (kind: string, parameters: unknown): string => {
    const { file_name, step, name } = facts(parameters);
    if (kind === "import") return `${IMPORTS[String(step)] ?? "Import of"} ${String(file_name ?? "a file")}`;
    const known = NAMES[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");
    return typeof name === "string" ? `${known}: ${name}` : known;
  },
  result: (kind: string, result: unknown): string => {
    const { made, skipped, created, updated, rejected, rows } = facts(result);
    if (kind === "export") return n(rows) === 1 ? "1 row" : `${count(n(rows))} rows`;
    if (kind === "import") return `${count(n(created))} made, ${count(n(updated))} changed, ${count(n(rejected))} rejected`;
    if (typeof made !== "number") return "";
    const orders = made === 0 ? "No order was needed" : made === 1 ? "1 order made" : `${count(made)} orders made`;
    return n(skipped) > 0 ? `${orders}, ${count(n(skipped))} could not be made` : orders;
  },
  again: (error: string, at: string) => `${error} Next try at ${at}.`,
  attempts: (now: number, most: number) => `try ${count(now)} of ${count(most)}`,
  byClock: "By the clock",
  somebody: "A colleague",
  open1: "Open",
  cancel: "Cancel",
  cancelOf: (title: string) => `Cancel: ${title}`,
  retry: "Try again",
  retryOf: (title: string) => `Try again: ${title}`,
  next: (next: string, last: string | null) => `Next: ${next}${last ? `. Last: ${last}` : ""}`,
  now: "Do it now",
  nowOf: (title: string) => `Do it now: ${title}`,
};
