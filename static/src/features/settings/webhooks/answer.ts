/** What a receiver answered, as people read it. */
import { webhookWords as say } from "../../../words/webhooks";
import type { Message } from "./api";

const TAG = /<[a-z!/][^>]*>/i;

/** The words of a page without its marks; what is no page stays as it is. */
export function wordsOf(answer: string): string {
  if (!TAG.test(answer)) return answer.trim();
  // A document of its own: nothing in it is run or fetched.
  const page = new DOMParser().parseFromString(answer.replaceAll(/</g, " <"), "text/html");
  for (const other of page.querySelectorAll("script, style, head > :not(title)")) other.remove();
  const text = page.body.textContent?.trim() || page.title;
  return text.replaceAll(/\s+/g, " ").trim();
}

export const answerOf = ({ status, answer, error }: Message): string => say.answered(status, answer && wordsOf(answer), error !== null);
