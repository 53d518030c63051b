/** The words of webhooks: loaded with the settings. */
export { webhooks as webhookWords } from "./en/webhooks";
