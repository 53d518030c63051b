/** Words of one screen alone: loaded with it. */
export { reports as reportWords } from "./en/reports";
