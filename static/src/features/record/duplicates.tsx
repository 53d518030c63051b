/** Others that look like this record: side by side, field by field, and then one. */
import { useEffect, useState } from "preact/hooks";
import { Problem, type Row } from "../../kernel/api";
import { pathOf, same, valueAt, withValue } from "../../kernel/changes";
import { changed, put } from "../../kernel/query";
import { type Field, fieldsOf, type Kind } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { titleOf } from "../../ui/value";
import { words } from "../../words";
import { mergeInto, readDuplicates } from "./api";
import { Shown } from "./fact";

interface Props {
  kind: Kind;
  row: Row;
  onClose: () => void;
}

export default function Duplicates({ kind, row, onClose }: Props) {
  const [found, setFound] = useState<Row[] | null>(null);
  const [other, setOther] = useState<Row | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (why: unknown) => setProblem(why instanceof Problem ? why.message : words.problem.title);
  useEffect(() => {
    readDuplicates(kind.name, row.id).then(setFound, fail);
  }, []);
  if (other) return <Compare kind={kind} row={row} other={other} onBack={() => setOther(null)} onClose={onClose} />;
  return (
    <Dialog title={words.record.duplicates} onClose={onClose}>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {!found && !problem && <p class="muted">{words.record.looking}</p>}
      {found?.length === 0 && <p>{words.record.noDuplicates}</p>}
      {found && found.length > 0 && (
        <>
          <p class="muted t13">{words.record.duplicatesHow(kind.many)}</p>
          <ul class="rows twins">
            {found.map((one) => (
              <li key={one.id}>
                <span class="grow">
                  <b>{titleOf(one)}</b>
                  <small class="muted">{[one.number, one.email, one.phone, one.address].filter(Boolean).join(" · ")}</small>
                </span>
                <Button small onClick={() => setOther(one)}>
                  {words.record.compare}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function Compare({ kind, row, other, onBack, onClose }: Props & { other: Row; onBack: () => void }) {
  const filled = (value: unknown) => value !== null && value !== undefined && value !== "";
  const differ = fieldsOf(kind).filter((field) => {
    const [mine, theirs] = [valueAt(row, pathOf(field)), valueAt(other, pathOf(field))];
    return !field.read_only && !field.derived && field.type !== "json" && !same(mine, theirs) && (filled(mine) || filled(theirs));
  });
  // What only the other knows is taken over unless somebody says no.
  const [taken, setTaken] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(differ.map((field) => [pathOf(field), !filled(valueAt(row, pathOf(field)))])),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const merge = async () => {
    setBusy(true);
    const changes = differ
      .filter((field) => taken[pathOf(field)])
      .reduce<Record<string, unknown>>((made, field) => withValue(made, pathOf(field), valueAt(other, pathOf(field))), {});
    try {
      put(kind.name, await mergeInto(kind.name, row.id, other.id, changes));
      for (const name of new Set([kind.name, ...kind.related.map((related) => related.kind), ...kind.about_it])) changed(name);
      toast(words.record.mergedDone(kind.one));
      onClose();
    } catch (why) {
      setBusy(false);
      setProblem(why instanceof Problem ? (why.errors[0]?.message ?? why.message) : words.problem.title);
    }
  };
  return (
    <Dialog
      wide
      title={words.record.duplicates}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onBack}>{words.record.otherList}</Button>
          <Button look="primary" disabled={busy} onClick={() => void merge()}>
            {busy ? words.record.merging : words.record.merge}
          </Button>
        </>
      }
    >
      <p class="t13 muted">{words.record.mergeHow}</p>
      <table class="sides">
        <thead>
          <tr>
            <th scope="col">{words.conflict.field}</th>
            <th scope="col">
              {words.record.thisOne}
              <b>{titleOf(row)}</b>
            </th>
            <th scope="col">
              {words.record.otherOne}
              <b>{titleOf(other)}</b>
            </th>
          </tr>
        </thead>
        <tbody>
          {differ.map((field) => (
            <Side key={pathOf(field)} field={field} row={row} other={other} taken={taken[pathOf(field)] === true} onTake={(take) => setTaken({ ...taken, [pathOf(field)]: take })} />
          ))}
        </tbody>
      </table>
      <p class="t13 muted">{words.record.sameFields}</p>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

function Side({ field, row, other, taken, onTake }: { field: Field; row: Row; other: Row; taken: boolean; onTake: (take: boolean) => void }) {
  const cell = (from: Row, take: boolean) => (
    <td data-label={take ? words.record.otherOne : words.record.thisOne}>
      <label class={taken === take ? "side picked" : "side"}>
        <input type="radio" name={pathOf(field)} checked={taken === take} onChange={() => onTake(take)} />
        <span>{field.protected ? "••••••" : <Shown field={field} row={from} plain />}</span>
      </label>
    </td>
  );
  return (
    <tr>
      <th scope="row">{field.label}</th>
      {cell(row, false)}
      {cell(other, true)}
    </tr>
  );
}
