/** Finding anything. */
export const palette = {
  label: "Find or do anything",
  placeholder: "Search records, screens and actions",
  screens: "Screens",
  actions: "Actions",
  recent: "Seen lately",
  nothing: (text: string) => `Nothing found for “${text}”`,
};
