/** When something did not work. */
export const problem = {
  title: "This did not work",
  request: (id: string) => `If you ask somebody for help, give them this number: ${id}`,
  gone: "There is nothing here",
  goneHow: "It may have been deleted, or you may not see it.",
  back: "Back to the start",
};
