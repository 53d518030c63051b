/** Charts. */
export const chart = {
  table: "Table",
  chart: "Chart",
};
