/** The words of imports: of one screen alone, so they are loaded with it. */
export { imports as importWords } from "./en/imports";
