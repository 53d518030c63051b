/** A text with the parts marked that were typed. */

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The words that were typed. */
export const tokens = (typed: string): string[] => typed.toLowerCase().split(/\s+/).filter(Boolean);

/** Cuts a text where a word begins with something typed: every second piece is such a match. */
export function pieces(text: string, typed: string): string[] {
  const wanted = tokens(typed).sort((a, b) => b.length - a.length).map(escaped);
  if (wanted.length === 0) return [text];
  return text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join("|")})`, "iu"));
}

/** How well a title answers: it begins so, a word of it does, all words are in it, or not at all. */
export function score(title: string, typed: string): number {
  const text = title.toLowerCase();
  const wanted = tokens(typed);
  if (wanted.length === 0) return 0;
  if (text.startsWith(wanted.join(" "))) return 3;
  if (wanted.every((word) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, "u").test(text))) return 2;
  return wanted.every((word) => text.includes(word)) ? 1 : 0;
}

export function Marked({ text, typed }: { text: string; typed: string }) {
  return <>{pieces(text, typed).map((piece, i) => (i % 2 ? <mark key={i}>{piece}</mark> : piece))}</>;
}
