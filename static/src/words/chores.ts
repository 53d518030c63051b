/** The words of what goes on behind the scenes: loaded with the settings. */
export { chores as choreWords } from "./en/chores";
