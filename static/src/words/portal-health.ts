/** Words of one screen alone: loaded with it. */
export { portalHealth as portalHealthWords } from "./en/portal-health";
