/** The dashboard. */
import { capital } from "./parts";

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

const DEEDS: Record<string, string> = {
  create: "made",
  update: "changed",
  delete: "deleted",
  restore: "brought back",
  import: "imported",
  merge: "merged",
};

export const dashboard = {
  newOrder: "New work order",
  showWhich: "Show",
  all: (n: string) => `All ${n}`,
  nobody: "Nobody yet",
  emergency: "Emergency",
  sets: { overdue: "Overdue", due_this_week: "This week", my_work_orders: "Mine" },
  noWork: {
    overdue: "Nothing is overdue.",
    due_this_week: "Nothing is due this week.",
    my_work_orders: "No work order is yours right now.",
  },
  day: {
    due: (n: number) => (n === 0 ? "No work order is due this week." : `${counted(n, "work order is", "work orders are")} due this week.`),
    urgent: (emergencies: number, fresh: number) => {
      const one = emergencies === 0 ? "" : emergencies === 1 ? "One is an emergency" : `${emergencies} are emergencies`;
      const two = fresh === 0 ? "" : `${fresh} ${fresh === 1 ? "has" : "have"} nobody yet`;
      return one || two ? `${capital([one, two].filter(Boolean).join(", and "))}.` : "";
    },
    stops: (n: number) => (n === 0 ? "No stops today." : `${counted(n, "stop", "stops")} today.`),
    openWork: (n: number) => `${counted(n, "work order is", "work orders are")} open.`,
  },
  stats: {
    label: "Today in numbers",
    open: "Open work orders",
    groups: (n: string, state: string) => `${n} ${state}`,
    overdue: "Overdue",
    of: (n: string) => `of ${n} open`,
    due: (n: number) => (n === 0 ? "nothing due this week" : `${n} due this week`),
    late: "past their due date",
    openDeals: "Open deals",
    deals: (n: number) => counted(n, "deal", "deals"),
    won: (amount: string) => `${amount} won this quarter`,
    otherCurrencies: (n: number) => `more in ${n === 1 ? "another currency" : "other currencies"}`,
    equipment: "Equipment due in 30 days",
    inspections: (n: number) => (n === 1 ? "inspection" : "inspections"),
    calibrations: (n: number, text: string) => `${text} ${n === 1 ? "calibration" : "calibrations"} as well`,
  },
  tasks: {
    title: "My tasks",
    add: "Add a task",
    none: "No tasks. What you note for yourself, or others for you, stands here.",
    tick: (title: string) => `Done: ${title}`,
    done: (title: string) => `“${title}” is done`,
    doneLabel: (title: string) => `${title} is done`,
  },
  charts: {
    completed: "Completed per week",
    week: "Week",
    completedColumn: "Completed",
    thisWeek: "This week",
    thisWeekSoFar: "This week, so far",
    weekOf: (day: string) => `Week of ${day}`,
    noneCompleted: "No work order was completed in the last 12 weeks.",
    stages: "Open deals by stage",
    stage: "Stage",
    value: "Value",
    stageOf: (stage: string, n: number) => `${stage}, ${counted(n, "deal", "deals")}`,
    noDeals: "No open deals.",
    won: "Won per month",
    month: "Month",
    soFar: (month: string) => `${month}, so far`,
    noneWon: "No deal was won in the last 12 months.",
    only: (currency: string) => `Only what is in ${currency}: currencies are not added up.`,
  },
  due: {
    title: "Due",
    inspections: "Inspections",
    calibrations: "Calibrations",
    none: "Nothing is due in the next 30 days.",
  },
  latest: {
    title: "Latest",
    none: "Nothing has happened yet.",
    deed: (who: string | null, action: string, one: string, fields: string[]) => {
      const what = DEEDS[action] ?? action;
      const which = fields.length > 0 && fields.length < 3 ? `the ${fields.map((f) => f.toLowerCase()).join(" and ")} of ` : "";
      const article = /^piece of /.test(one) || !/^[aeiou]/.test(one) ? "a" : "an";
      return `${who ?? "Somebody"} ${what} ${which}${article} ${one}`;
    },
  },
  recents: { title: "Seen lately", none: "What you open stands here, to go back to it." },
  field: {
    stops: "Stops today",
    noStops: "No stops are planned for you today.",
    openToday: "Open today",
    open: "Your open work",
    noOpen: "No work order is assigned to you.",
  },
  client: {
    open: "Open work orders",
    noOpen: "Nothing is open.",
    equipment: "Equipment by state",
    state: "State",
    pieces: "Pieces",
    noEquipment: "No equipment yet.",
    certificates: "Certificates that run out",
    noCertificates: "No certificate runs out in the next 60 days.",
  },
};
