/** Words of one screen alone: loaded with it. */
export { today as todayWords } from "./en/today";
