/** One line of history: who, what, when. */
import { useState } from "preact/hooks";
import { stateOf } from "../../kernel/kinds";
import type { Kind } from "../../kernel/schema";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import type { Entry } from "./api";
import { doerOf, type Naming, type Said, saidOf } from "./sentences";
import { When } from "./when";

const SHOWN = 3;

const ICONS: Record<string, string> = { create: "plus", delete: "x", restore: "undo", merge: "columns", import: "upload" };

export function HistoryItem({ kind, entry, naming }: { kind: Kind; entry: Entry; naming: Naming }) {
  const [all, setAll] = useState(false);
  const said = entry.action === "update" ? saidOf(kind, entry, naming) : [];
  // What Larder put right by itself, in fields that are not shown, is no news.
  if (entry.action === "update" && said.length === 0 && entry.changes) return null;
  const shown = all ? said : said.slice(0, SHOWN);
  const state = said.find((one) => one.state)?.state;
  return (
    <li class="deed">
      <span class="node">
        <Icon name={state ? stateOf(state)[1] : (ICONS[entry.action] ?? "pencil")} />
      </span>
      <div class="what">
        <b>{doerOf(entry)}</b> {said.length === 0 && deed(kind, entry)}
        {shown.map((one, i) => (
          <span key={i}>
            {i > 0 && ", "}
            <Sentence said={one} />
          </span>
        ))}
        {said.length > shown.length && (
          <>
            {" "}
            <button type="button" class="more" onClick={() => setAll(true)}>
              {words.record.andMore(said.length - shown.length)}
            </button>
          </>
        )}{" "}
        <When at={entry.at} />
      </div>
    </li>
  );
}

function Sentence({ said }: { said: Said }) {
  return (
    <>
      {said.verb} {said.to ? said.what : <b>{said.what}</b>}
      {said.to && (
        <>
          {" "}
          {words.record.to} <b>{said.to}</b>
        </>
      )}
    </>
  );
}

function deed(kind: Kind, entry: Entry): string {
  switch (entry.action) {
    case "create":
      return entry.import_id ? words.record.imported(kind.one) : words.record.made(kind.one);
    case "import":
      return words.record.imported(kind.one);
    case "delete":
      return words.record.removed(kind.one);
    case "restore":
      return words.record.restored(kind.one);
    case "merge": {
      const merged = entry.changes?.merged?.[1];
      return words.record.merged(Array.isArray(merged) ? merged.length : 1, kind.one, kind.many);
    }
    default:
      return words.record.touched(kind.one);
  }
}
