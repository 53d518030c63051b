/** Words of one screen alone: loaded with it. */
export { notifications as notificationWords } from "./en/notifications";
