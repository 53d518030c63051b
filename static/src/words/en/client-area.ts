/** What a customer sees. */
import { count } from "./parts";

const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`;
/** At the start of a sentence. */
const some = (n: number): string => (n === 1 ? "One" : count(n));
const verb = (n: number): string => (n === 1 ? "is" : "are");

export const clientArea = {
  nav: { label: "Main", menu: "Menu", overview: "Overview", sites: "Sites", equipment: "Equipment", jobs: "Jobs", certificates: "Certificates", reports: "Reports" },
  title: "Overview",
  customer: "Customer",
  request: "New request",
  headline: (running: number, all: number) =>
    all === 0
      ? "Welcome"
      : running === all
        ? all === 1
          ? "Your machine is running"
          : `All of your ${count(all)} machines are running`
        : `${count(running)} of your ${count(all)} machines ${running === 1 ? "is" : "are"} running`,
  standing: (inWork: number, out: number, coming: number): string => {
    const parts = [
      out > 0 && `${some(out)} ${verb(out)} out of service`,
      inWork > 0 && `${out ? some(inWork).toLowerCase() : some(inWork)} ${verb(inWork)} being worked on`,
    ].filter(Boolean);
    if (parts.length) return `${parts.join(", ")}.`;
    return coming > 0 ? `Nothing stands still. ${many(coming, "visit is", "visits are")} planned.` : "Nothing stands still, and no visit is planned.";
  },
  stage: { asked: "Asked for", planned: "Planned", onSite: "On site", done: "Finished", waiting: "Waiting" },
  stageHow: { soon: "we are finding a time", by: (day: string) => `by ${day}`, since: (time: string) => `since ${time}`, waits: "it waits for something" },
  job: (number: string) => `Job ${number}`,
  sites: { title: "Your sites", sum: (n: number) => many(n, "site"), site: "Site", machines: "Machines", now: "Now", next: "Next visit" },
  site: {
    running: (running: number, all: number) => `${count(running)} of ${count(all)} running`,
    allRunning: "All running",
    inWork: (n: number) => `${count(n)} being worked on`,
    out: (n: number) => `${count(n)} out of service`,
    none: "No machines",
    see: "See its machines",
  },
  equipment: {
    title: "Equipment",
    all: "All sites",
    where: "Site",
    empty: "No equipment here yet",
    emptyHow: "Machines that we look after for you stand here, with their state and next inspection.",
    inspectionBy: (day: string) => `inspection ${day}`,
    jobs: "Its jobs",
    certificates: "Its certificates",
    nothing: "Nothing planned",
    request: "Ask for a visit",
    none: "None.",
  },
  jobs: {
    title: "Jobs",
    open: "Open",
    over: "Finished",
    openTitle: "Open jobs",
    all: (n: number) => `All ${count(n)}`,
    none: "No open jobs",
    noneHow: "Tell us when something is not right, or when you want somebody to come.",
    noneOver: "Nothing finished yet",
    noneOverHow: "Jobs that we have finished for you stand here.",
    visit: (day: string) => `visit ${day}`,
    noVisit: "no time yet",
    finished: (day: string) => `finished ${day}`,
    described: "What it is about",
    steps: "How far it is",
    papers: "Certificates from this job",
  },
  visits: { title: "Coming visits", none: "No visit is planned." },
  certificates: {
    title: "Certificates",
    all: (n: string) => `All ${n}`,
    none: "No certificates yet",
    noneHow: "After an inspection its certificate stands here, to read and to print.",
    valid: "Valid",
    soon: "Ends soon",
    ended: "Ended",
    failed: "Not passed",
    until: (day: string) => `Valid until ${day}`,
    endedOn: (day: string) => `Ended on ${day}`,
    tried: (day: string) => `Inspected on ${day}`,
    noEnd: "No end",
    open: (name: string) => `Open the certificate of ${name}`,
    print: "Print or save",
    printHow: "To keep it as a file, choose “Save as PDF” where the printer is chosen.",
    paper: "Certificate",
    number: "Number",
    machine: "Machine",
    serial: "Serial number",
    make: "Make",
    site: "Site",
    address: "Address",
    result: "Result",
    issued: "Issued on",
    ends: "Valid until",
    by: "Issued by",
  },
  ask: {
    title: "What can we do for you?",
    how: "The office sees this at once and calls or writes back with a time.",
    what: "What is it about",
    whatExample: "For example: lift stops between two floors",
    site: "Where",
    pickSite: "Choose a site",
    machine: "Which machine",
    pickMachine: "Not sure, or none",
    more: "Tell us more",
    moreHow: "Since when, how often, who can let us in. Helps us bring the right parts.",
    go: "Send request",
    going: "Sending…",
    neededWhat: "Say in a few words what it is about.",
    neededWhere: "Choose the site, so that we know where to go.",
  },
  placed: {
    title: "Thank you, we have it",
    number: (number: string) => `Your request is ${number}.`,
    how: "Here you see how far it is.",
  },
  more: "Show more",
  back: { overview: "To the overview", jobs: "All jobs", equipment: "All equipment", certificates: "All certificates" },
  missing: "There is nothing under this address",
  missingHow: "It may have moved. The overview shows all that is yours.",
};
