/** What is written down at a visit: hours, parts, photos, notes, the signature. */
import { useState } from "preact/hooks";
import { openPage, usePart } from "../../kernel/pages";
import type { Row } from "../../kernel/api";
import { type Kind, kindOf, may } from "../../kernel/schema";
import { visitParts } from "./api";
import { Checklist } from "./checklist";
import { Notes } from "./notes";
import { Parts } from "./parts";
import { Photos } from "./photos";
import { Sheet } from "./sheet";
import { Signature } from "./signature";
import { Time } from "./time";

export interface Visit {
  times: Row[];
  parts: Row[];
  notes: Row[];
  files: Row[];
}

const NONE: Row[] = [];

/** Reads them in one request, and only what this person may see. */
function useVisit(id: string): Visit {
  const parts = visitParts(id);
  const sees = (kind: string) => may(kindOf(kind), "read");
  const seen = {
    times: sees("time-logs"),
    parts: sees("part-logs"),
    notes: sees("notes"),
    files: sees("attachments"),
  };
  useState(() => {
    const wanted = (Object.keys(seen) as (keyof Visit)[]).filter((name) => seen[name]).map((name) => parts[name]);
    openPage("record", { kind: "work-orders", id }, wanted);
    return id;
  });
  return {
    times: usePart(parts.times, seen.times).data?.data ?? NONE,
    parts: usePart(parts.parts, seen.parts).data?.data ?? NONE,
    notes: usePart(parts.notes, seen.notes).data?.data ?? NONE,
    files: usePart(parts.files, seen.files).data?.data ?? NONE,
  };
}

export function VisitRecord({ order, kind }: { order: Row; kind: Kind | undefined }) {
  const visit = useVisit(order.id);
  return (
    <>
      <Checklist order={order} kind={kind} />
      <Time order={order} logs={visit.times} />
      <Parts order={order} logs={visit.parts} />
      <Photos order={order} files={visit.files} />
      <Notes order={order} notes={visit.notes} />
      <Signature order={order} files={visit.files} />
      <Sheet order={order} visit={visit} />
    </>
  );
}
