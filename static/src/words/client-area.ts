/** Words of one screen alone: loaded with it. */
export { clientArea as clientWords } from "./en/client-area";
