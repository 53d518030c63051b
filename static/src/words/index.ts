/** All words of the app. A further language is a further catalogue of the same shape. */
import { en } from "./en";

export type Words = typeof en;
export const words: Words = en;
