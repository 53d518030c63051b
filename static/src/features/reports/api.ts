/** What the server says of reports. */
import { keepPreviousData, useQuery } from "@tanstack/preact-query";
import { get, type Problem } from "../../kernel/api";
import { pathOf } from "../../kernel/pages";
import { client } from "../../kernel/query";
import { answer } from "./run";
import type { components } from "../../kernel/wire";

type Schemas = components["schemas"];
export type Declared = Schemas["ReportList"]["data"][number];
export type Parameter = Declared["parameters"][number];
export type Report = Schemas["Report"];
export type Heading = Report["table"]["columns"][number];
export type Format = "pdf" | "xlsx" | "csv";
export const FORMATS: Format[] = ["pdf", "xlsx", "csv"];

/** The server keeps what has not changed: asking again costs little, and is always true. */
const STALE_MS = 30_000;

export const useReports = () =>
  useQuery<Declared[], Problem>({
    queryKey: ["reports"],
    queryFn: async ({ signal }) => (await get<Schemas["ReportList"]>("reports", signal)).data,
    staleTime: 300_000,
  });

const keyOf = (name: string, asked: string) => ["reports", name, asked];

/** The answer to a question; `run` is one under way for it already, if the address names one. */
export const useReport = (name: string, asked: string, run: string | null) =>
  useQuery<Report, Problem>({
    queryKey: keyOf(name, asked),
    queryFn: ({ signal }) => answer({ name, asked }, run, signal),
    staleTime: STALE_MS,
    // To ask may be to have it worked out anew: for whoever opens it, not for each look at the window.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Another choice leaves the answer before it on the screen until its own is there.
    placeholderData: keepPreviousData,
    retry: false,
  });

export const cancel = (name: string, asked: string) => client.cancelQueries({ queryKey: keyOf(name, asked) });

/** The browser saves it, as with any link to a file. */
export function save(name: string, asked: string, format: Format): void {
  const query = new URLSearchParams(asked);
  query.set("format", format);
  const link = document.createElement("a");
  link.href = pathOf(`reports/${name}/export?${query}`);
  link.download = "";
  link.click();
}
