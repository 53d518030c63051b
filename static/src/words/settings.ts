/** The words of the settings: loaded with them. */
export { settings as settingWords } from "./en/settings";
