/** Words of one screen alone: loaded with it. */
export { board as boardWords } from "./en/board";
