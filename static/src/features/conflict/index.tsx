/** Two people changed one record: what each wants, field by field, and a choice for each. */
import { useEffect, useState } from "preact/hooks";
import { ago } from "../../kernel/format";
import { only, pathOf, pathsOf, withValue } from "../../kernel/changes";
import { fieldsOf, useKind } from "../../kernel/schema";
import { type Changes, clashing, type Conflict } from "../../kernel/writes";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import { type Entry, readSince } from "./api";
import { Clash } from "./clash";
import "./style.css";

export default function ConflictDialog({ kind: name, before, mine, theirs, settle }: Conflict) {
  const kind = useKind(name);
  const [since, setSince] = useState<Entry[]>([]);
  const [theirsWins, setTheirsWins] = useState<Record<string, boolean>>({});
  const [edited, setEdited] = useState<Changes>(mine);
  useEffect(() => {
    // Without the right to see the history the choice is the same, only nameless.
    readSince(name, theirs.id, before.version).then(setSince, () => {});
  }, []);
  const paths = clashing(before, mine, theirs);
  const fields = kind ? fieldsOf(kind) : [];
  const fieldAt = (path: string) => fields.find((field) => pathOf(field) === path);
  const others = pathsOf(mine).filter((path) => !paths.includes(path));
  const people = [...new Set(since.map((entry) => entry.user_name).filter(Boolean))].join(", ");
  const choice = (theirsOf: (path: string) => boolean): Changes =>
    only(edited, pathsOf(edited).filter((path) => !paths.includes(path) || !theirsOf(path)));
  return (
    <Dialog
      wide
      title={people ? words.conflict.titleBy(people) : words.conflict.title}
      onClose={() => settle(null)}
      foot={
        <>
          <Button onClick={() => settle(choice(() => true))}>{words.conflict.keep}</Button>
          <Button look="primary" onClick={() => settle(choice((path) => theirsWins[path] === true))}>
            {words.conflict.save}
          </Button>
        </>
      }
    >
      <p class="t13 soft">
        {words.conflict.how} {since[0] && words.conflict.when(ago(since[0].at))}
      </p>
      {paths.map((path) => {
        const field = fieldAt(path);
        const by = since.find((entry) => entry.changes && (path.split(".")[0] as string) in entry.changes);
        if (!field) return null;
        return (
          <Clash
            key={path}
            field={field}
            before={before}
            mine={{ ...theirs, ...withValue({ custom: theirs.custom }, path, undefined), ...edited } as typeof theirs}
            theirs={theirs}
            by={by && [by.user_name, ago(by.at)].filter(Boolean).join(", ")}
            theirsWins={theirsWins[path] === true}
            onChoose={(wins) => setTheirsWins({ ...theirsWins, [path]: wins })}
            onEdit={(value) => {
              setEdited(withValue(edited, path, value));
              setTheirsWins({ ...theirsWins, [path]: false });
            }}
          />
        );
      })}
      {others.length > 0 && (
        <p class="t13 muted">{words.conflict.also(others.map((path) => fieldAt(path)?.label ?? path).join(", "))}</p>
      )}
    </Dialog>
  );
}
