/** Getting about. */
export const nav = {
  label: "Main",
  records: "Records",
  insight: "Insight",
  dashboard: "Dashboard",
  dispatch: "Dispatch",
  today: "Today",
  calendar: "Calendar",
  settings: "Settings",
  account: "Your account",
  signOut: "Sign out",
  collapse: "Narrow the sidebar",
  expand: "Widen the sidebar",
  find: "Search",
  home: "Home",
  workOrders: "Work orders",
  skip: "Skip to the content",
};
