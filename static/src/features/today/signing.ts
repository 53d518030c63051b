/** How a signature is kept: a picture beside the photos, named after who signed. */
import type { Row } from "../../kernel/api";
import { todayWords } from "../../words/today";

const NAMED = /^Signature of (.+)\.png$/;

export const isSignature = (file: Row): boolean => NAMED.test(String(file.name));
export const signerOf = (file: Row): string => NAMED.exec(String(file.name))?.[1] ?? "";

/** A file name holds no slashes and no control characters. */
export function fileNameFor(name: string): string {
  return todayWords.sign.file(name.replaceAll(/[\\/:*?"<>|\p{C}]/gu, " ").replaceAll(/\s+/g, " ").trim().slice(0, 80));
}
