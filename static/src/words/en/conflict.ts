/** Two people changed one record. */
export const conflict = {
  title: "Somebody else changed this meanwhile",
  titleBy: (who: string) => `${who} changed this meanwhile`,
  how: "You both changed the same. Choose what stays; nothing is saved until you do, and nothing you typed is lost.",
  when: (when: string) => `Their change is from ${when}.`,
  field: "Field",
  mine: "Yours",
  theirs: "Theirs",
  was: (text: string) => `It was ${text}`,
  edit: "Change yours",
  editing: (label: string) => `Yours: ${label}`,
  also: (labels: string) => `Also saved, as nobody else touched it: ${labels}.`,
  save: "Save my choice",
  keep: "Keep theirs",
  nothing: "empty",
};
