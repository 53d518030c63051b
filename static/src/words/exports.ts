/** Words of one screen alone: loaded with it. */
export { exports as exportWords } from "./en/exports";
