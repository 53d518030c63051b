/** Two people changed one record. */
export const conflict = {
  title: "Somebody else changed this meanwhile",
  how: "Choose for each field which one stays. Nothing is saved until you do.",
  field: "Field",
  mine: "Yours",
  theirs: "Theirs",
  save: "Save my choice",
  keep: "Keep theirs",
};
