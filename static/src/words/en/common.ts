/** Words of every screen. */
import { capital } from "./parts";

export const common = {
  name: "Larder",
  saved: (one: string) => `${capital(one)} saved`,
  created: (one: string) => `${capital(one)} made`,
  deleted: (one: string) => `${capital(one)} deleted`,
  restored: (one: string) => `${capital(one)} is back`,
  undone: "Undone",
  undo: "Undo",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  saving: "Saving…",
  retry: "Try again",
  show: "Show",
  none: "None",
  empty: "–",
  yes: "Yes",
  no: "No",
  more: "More",
  search: "Search",
  loading: "Loading…",
  add: (one: string) => `Add ${one}`,
  updated: (ago: string) => (ago === "just now" ? "Up to date" : `Updated ${ago}`),
  updating: "Reading again…",
  updatedAgo: (seconds: number) => {
    if (seconds < 10) return "Updated just now";
    if (seconds < 60) return `Updated ${Math.floor(seconds / 10) * 10} seconds ago`;
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `Updated ${minutes === 1 ? "a minute" : `${minutes} minutes`} ago` : `Updated ${Math.floor(minutes / 60)} h ago`;
  },
  refresh: "Read again",
  upgraded: "Larder was upgraded.",
  upgradedHow: "Load the page again to use the new version; what is saved stays saved.",
  reload: "Load again",
  theme: { label: "Theme", system: "As the system", light: "Light", dark: "Dark" },
};
