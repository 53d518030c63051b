/** Words of one screen alone: loaded with it. */
export { dashboard as dashboardWords } from "./en/dashboard";
