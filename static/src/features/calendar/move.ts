/** Moves an entry to another time. */
import { Problem } from "../../kernel/api";
import { day as inWords, dayOf } from "../../kernel/format";
import { writes } from "../../kernel/orders";
import { kindOf } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { update } from "../../kernel/writes";
import { onDay } from "../../kernel/zone";
import { calendarWords } from "../../words/calendar";
import type { Entry } from "./entries";

export const mayMove = (entry: Entry): boolean => writes(kindOf(entry.kind), entry.field);

/** To the same time on another day. */
export function moveToDay(entry: Entry, day: string): void {
  if (day !== entry.day) void moveTo(entry, onDay(entry.moment, day));
}

export async function moveTo(entry: Entry, moment: string): Promise<void> {
  const { kind, row, field, title } = entry;
  if (moment === entry.moment) return;
  try {
    const saved = await update(kind, row, { [field]: moment }, true);
    if (!saved) return;
    const back = () => void moveTo({ ...entry, row: saved, moment, day: dayOf(moment) }, entry.moment);
    toast(calendarWords.moved(title, inWords(dayOf(moment))), { undo: back });
  } catch (problem) {
    // Any other refusal has been told already.
    if (!(problem instanceof Problem) || problem.status !== 422) return;
    const why = problem.errors.map((error) => error.message).join(" ") || problem.message;
    toast(calendarWords.refused(title, why), { tone: "danger" });
  }
}
