/** Working together: who edits, who looks on. */

const first = (name: string) => name.split(" ")[0] as string;

export const live = {
  somebody: "Somebody else",
  editsUntil: (name: string, until: string) => `${name} is editing this until ${until}.`,
  editsHow: "You can read it, and edit when they are done.",
  typedHow: "You can save when they are done. What you typed stays here.",
  tookOver: (name: string, until: string) => `${name} took this over and is editing it until ${until}.`,
  tookOverHow: "What you typed is still here. You can save it when they are done.",
  notSaved: (why: string) => `This was not saved: ${why}`,
  elsewhere: "You are editing this in another window.",
  elsewhereHow: "What you typed here is still here.",
  editHere: "Edit here",
  mayNotEdit: (name: string) => `${name} is editing this`,
  isEditing: (name: string) => `${name} is editing`,
  isViewing: (name: string) => `${name} is viewing`,
  edits: (name: string) => `${first(name)} edits`,
  views: (name: string) => `${first(name)} views`,
  others: (n: number) => `and ${n} more`,
};
