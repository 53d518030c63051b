/** When something did not work. */
export const problem = {
  notLoaded: "There is no network, and this part of Larder was not loaded yet. Reload once the network is back.",
  title: "This did not work",
  request: (id: string) => `If you ask somebody for help, give them this number: ${id}`,
  gone: "There is nothing here",
  goneHow: "It may have been deleted, or you may not see it.",
  closed: "You may not see this",
  closedHow: "Whoever runs this workspace can give you the right.",
  back: "Back to the start",
};
