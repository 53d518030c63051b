/** Words of one screen alone: loaded with it. */
export { sources as sourceWords } from "./en/sources";
