/** What one is told about. */
import { count } from "./parts";

export const notifications = {
  title: "Notifications",
  unread: (n: number) => (n === 1 ? "1 unread" : `${count(n)} unread`),
  new: "New",
  none: "Nothing to tell you yet",
  noneHow: "When somebody gives you work or mentions you in a comment, or an import of yours is done, it stands here.",
  choose: "Choose what you are told",
  somebody: "Somebody",
  gone: "You may no longer see what this is about.",
  /** Before and after the name of the record, which is a link. */
  assigned: (by: string) => [`${by} gave you `, ""],
  mentioned: (by: string) => [`${by} mentioned you in a comment on `, ""],
  lockTaken: (by: string) => [`${by} took over the editing of `, ""],
  importDone: ["Your import of ", " is done"],
  importReverted: ["Your import of ", " was taken back"],
  importCancelled: (by: string) => [`${by} cancelled your import of `, ""],
  importFailed: ["Your import of ", " failed"],
  webhookOff: ["Your webhook ", " was switched off, because it no longer answers"],
  reportDone: ["Your report ", " is ready"],
  gaveUp: ["", " could not be done"],
  exportDone: ["Your file ", " is ready"],
  unnamed: "something",
  settings: {
    title: "What you are told",
    saved: "Saved",
    noMail: "This server sends no e-mail.",
    sorts: {
      assigned: "Somebody gives you a work order, a task or a deal",
      mentioned: "Somebody mentions you in a comment",
      lock_taken: "Somebody takes over what you were editing",
      import_finished: "An import of yours is done",
      report_finished: "A report of yours is ready",
      export_finished: "A file that you asked for is ready",
      gave_up: "Work in the background could not be done",
      webhook_off: "A webhook of your business is switched off, because it fails",
    },
    ways: { app: "Here", mail: "Here and by e-mail", none: "Not at all" },
  },
};
