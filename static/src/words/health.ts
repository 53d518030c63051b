/** Words of one screen alone: loaded with it. */
export { health as healthWords } from "./en/health";
