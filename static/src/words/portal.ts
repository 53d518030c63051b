/** Words of one screen alone: loaded with it. */
export { portal as portalWords } from "./en/portal";
