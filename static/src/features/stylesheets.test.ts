/**
 * A screen's stylesheet stays in the page once it is loaded. What it says of a class by itself, without a
 * screen of its own around it, would then change every other screen that uses the word.
 */
import { expect, test } from "vitest";

const STYLES = import.meta.glob<string>(["./**/*.css", "../ui/**/*.css"], { query: "?raw", import: "default", eager: true });
const SCREENS = import.meta.glob<string>("./**/*.tsx", { query: "?raw", import: "default", eager: true });

/** Whose a file is. The controls, and the shell around every screen, are everybody's. */
const ownerOf = (path: string): string => (path.startsWith("./") && !path.startsWith("./shell/") ? (path.split("/")[1] ?? "") : "all");

/** Selectors of a stylesheet for the screen; what only shapes paper is left out. */
function selectors(css: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  for (const [, head = "", brace] of css.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{}]*)([{}])/g)) {
    if (brace === "}") open.pop();
    else {
      const rule = (head.split(";").at(-1) ?? "").trim();
      if (!rule.startsWith("@") && !open.some((outer) => outer.includes("print"))) found.push(...rule.split(",").map((one) => one.trim()));
      open.push(rule);
    }
  }
  return found;
}

/** The class that a selector speaks of without anything around it: `.drop`, `.drop:hover`. */
const alone = (selector: string): string | undefined => /^\.([\w-]+)(?::(?:hover|focus|focus-visible|first-child|last-child))?$/.exec(selector)?.[1];

const classesIn = (source: string): string[] =>
  [...source.matchAll(/\bclass=(?:"([^"]*)"|\{([^}]*)\})/g)].flatMap(([, plain, made = ""]) =>
    (plain ?? [...made.matchAll(/["'`]([^"'`]*)["'`]/g)].map((word) => word[1]).join(" ")).split(/\s+/),
  );

/** Per owner, the words that its files yield. */
function wordsBy(files: Record<string, string>, read: (text: string) => (string | undefined)[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [path, text] of Object.entries(files)) {
    const words = found.get(ownerOf(path)) ?? new Set();
    for (const word of read(text)) if (word) words.add(word);
    found.set(ownerOf(path), words);
  }
  return found;
}

test("no screen's stylesheet changes another screen, or what all share", () => {
  const styled = wordsBy(STYLES, (css) => selectors(css).map(alone));
  const used = wordsBy(SCREENS, classesIn);
  expect(styled.get("all")).toContain("card");
  expect(used.get("today")).toContain("day-body");
  const owners = new Set([...styled.keys(), ...used.keys()]);
  const clashes = [...styled].flatMap(([owner, words]) =>
    [...words].flatMap((word) => {
      const others = [...owners].filter((other) => other !== owner && owner !== "all" && (styled.get(other)?.has(word) || (other !== "all" && used.get(other)?.has(word))));
      return others.length > 0 ? [`${owner} styles .${word}, which is also of ${others.join(" and ")}`] : [];
    }),
  );
  expect(clashes).toEqual([]);
});
