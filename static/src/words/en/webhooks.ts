/** What other programs are told. */
import { count } from "./parts";

export const webhooks = {
  title: "Webhooks",
  about: "Larder tells a chat or another program when something happens: it calls the address that you give it here.",
  add: "Add a webhook",
  none: "Nobody is told yet",
  noneHow: "Have alerts sent to the chat that your team reads anyway, or to a program of your own. You can send a test before you rely on it.",
  full: (most: number) => `There are ${count(most)}, which is as many as there may be. Remove one that is not used.`,
  back: "All webhooks",
  states: { new: "Not used yet", well: "Works", failing: "Failing", off: "Switched off", stopped: "Stopped" } as Record<string, string>,
  sorts: { slack: "Chat", standard: "Program" } as Record<string, string>,
  events: {
    "alert.fired": "an alert of the server",
    "alert.worsened": "an alert of the server that turns critical",
    "alert.recovered": "the end of an alert of the server",
    "portal.alert.fired": "an alert of the portal",
    "portal.alert.recovered": "the end of an alert of the portal",
    test: "test",
  } as Record<string, string>,
  eventHow: {
    "alert.fired": "Such as a disk that fills up or answers that are slow.",
    "alert.worsened": "The same alert once more, when it has become urgent.",
    "alert.recovered": "All is well again.",
    "portal.alert.fired": "Such as a mail service that does not answer.",
    "portal.alert.recovered": "The portal has its figures again.",
  } as Record<string, string>,
  toldOf: (events: string[]) => (events.length === 0 ? "It is told of nothing." : `It is told of ${events.join(", ")}.`),
  delivered: (when: string) => `Last delivered ${when}`,
  failing: (since: string) => `Fails since ${since}`,
  stopped: {
    gone: "The receiver said that it is gone for good.",
    failing: "The receiver did nothing but fail for five days.",
  } as Record<string, string>,
  stoppedHow: "Larder switched this webhook off. Set it right, send a test, and switch it on again.",
  heldBack: "Alerts are not sent here any more: whoever chose them no longer runs this server, which several businesses share. Take them out, or ask the operator to choose them anew.",
  waiting: (n: number) => (n === 1 ? "1 message waits" : `${count(n)} messages wait`),
  menu: (name: string) => `What can be done with ${name}`,
  edit: "Edit",
  secret: "Show address and secret",
  switchOff: "Switch off",
  switchOn: "Switch on",
  remove: "Remove",
  removeAsk: (name: string) => `Remove ${name}?`,
  removeHow: "Nothing is sent there any more, and its log goes with it.",
  removed: (name: string) => `${name} was removed`,
  // The dialog
  editTitle: (name: string) => `Edit ${name}`,
  name: "Name",
  sort: "What is at the other end",
  sortHow: {
    slack: "Slack, Mattermost, or whatever takes messages as Slack does. It gets a sentence.",
    standard: "A program that takes signed messages by the rules of Standard Webhooks.",
  } as Record<string, string>,
  url: "Address",
  urlHow: { slack: "The chat gives it to you when you add an incoming webhook there.", standard: "It must begin with https://." } as Record<string, string>,
  urlKept: (host: string) => `Leave it empty to keep the one at ${host}.`,
  told: "What it is told of",
  onlyOperator: "Alerts are about the server, which several businesses share. Only its operator may have them sent.",
  save: "Save",
  made: "The webhook is set up",
  saved: "Saved",
  // The secret
  secretTitle: (name: string) => `Address and secret of ${name}`,
  secretHow: "Give this secret to the program: it proves with it that messages come from here and were not changed. Treat it as a password.",
  secretLabel: "Secret",
  // Testing
  test: "Send a test",
  testing: "Sending…",
  arrived: (ms: number) => `The test arrived, in ${count(ms)} ms.`,
  failed: (why: string) => `The test did not arrive. ${why}`,
  late: "There is no answer yet. Look at the log in a moment.",
  /** Why something failed says the status already. */
  answered: (status: number | null, text: string | null, failed: boolean) => {
    if (status === null) return "";
    if (failed) return text ? `It said: ${text}` : "";
    return text ? `Answer ${status}: ${text}` : `Answer ${status}`;
  },
  // The log
  log: "What was sent",
  logNone: "Nothing was sent yet",
  logNoneHow: "Send a test to see whether it arrives.",
  messages: { waiting: "Waiting", retrying: "Trying again", delivered: "Delivered", given_up: "Not delivered" } as Record<string, string>,
  attempts: (n: number) => (n === 1 ? "1 attempt" : `${count(n)} attempts`),
  next: (when: string) => `next at ${when}`,
  body: "What programs are told",
  resend: "Send again",
  resendOf: (text: string) => `Send again: ${text}`,
  resent: "It is sent again",
  more: "Show older ones",
};
