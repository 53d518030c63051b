/** Names in a note: `@Sarah Oldroyd` means her, wherever it stands. */

export interface Person {
  id: string;
  name: string;
}

/** What is being typed behind an `@` before the caret: where it begins, and the beginning of a name. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const typed = found[1] as string;
  return { from: caret - typed.length - 1, typed };
}

/** Those whose name, or a part of it, begins so; whose name begins so come first. */
export function candidates<P extends Person>(people: P[], typed: string, most: number): P[] {
  const wanted = typed.toLocaleLowerCase();
  const place = ({ name }: Person): number => {
    const low = name.toLocaleLowerCase();
    return low.startsWith(wanted) ? 0 : low.split(" ").some((part) => part.startsWith(wanted)) ? 1 : 2;
  };
  return people.filter((one) => place(one) < 2).sort((a, b) => place(a) - place(b)).slice(0, most);
}

/** The text cut into what is a mention of somebody and what is not. The longest name counts. */
export function cut<P extends Person>(text: string, people: P[]): (string | P)[] {
  const longest = [...people].sort((a, b) => b.name.length - a.name.length);
  const pieces: (string | P)[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const inside = at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] as string);
    const who = !inside && longest.find(({ name }) => text.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? ""));
    if (!who) continue;
    if (at > from) pieces.push(text.slice(from, at));
    pieces.push(who);
    from = at + 1 + who.name.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** The ids of those whom the text mentions; `picked` tells people of one name apart. */
export function mentioned(text: string, people: Person[], picked: ReadonlyMap<string, string> = new Map()): string[] {
  const ids = cut(text, people).flatMap((piece) => (typeof piece === "string" ? [] : [picked.get(piece.name) ?? piece.id]));
  return [...new Set(ids)];
}
