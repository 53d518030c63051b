/** Names that look alike: one thing in two spellings, or two things? Only a person can say. */
import { kindOf, type Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import type { Alias, Trouble } from "./api";
import { fieldNamed, keyOf } from "./targets";
import type { Work } from "./use-import";

interface Props {
  work: Work;
  kind: Kind;
  open: Trouble[];
  onKeep: (trouble: Trouble) => void;
}

export function Alike({ work, kind, open, onKeep }: Props) {
  const settled = work.found.settings.aliases.filter((alias) => fieldNamed(kind, alias.field)?.type !== "choice");
  if (open.length === 0 && settled.length === 0) return null;
  const settle = (trouble: Trouble, to: string) =>
    void work.edit({ aliases: [...work.found.settings.aliases, { field: trouble.field, from: trouble.value, to }] });
  return (
    <section class="card" aria-labelledby="alike">
      <div class="card-head"><h2 id="alike">{words.imports.alike}</h2></div>
      {open.slice(0, 20).map((trouble) => {
        const field = fieldNamed(kind, trouble.field);
        const one = field?.kind ? (kindOf(field.kind)?.one ?? "") : "";
        return (
          <div key={keyOf(trouble)} class="alias">
            <Pair from={trouble.value} to={trouble.near?.[0] ?? ""} end={words.imports.needLookRows(trouble.count)} />
            {one && <p class="muted">{words.imports.alikeHow(one)}</p>}
            <div class="flex wrap">
              {trouble.near?.map((meant, i) => (
                <Button key={meant} small icon="check" onClick={() => settle(trouble, meant)}>
                  {one && i === 0 ? words.imports.same(one) : words.imports.sameWord(meant)}
                </Button>
              ))}
              <Button look="quiet" small onClick={() => onKeep(trouble)}>{one ? words.imports.keepBoth : words.imports.keepAsIs}</Button>
            </div>
          </div>
        );
      })}
      {settled.map((alias) => <Settled key={`${alias.field}${alias.from}`} alias={alias} work={work} />)}
    </section>
  );
}

function Settled({ alias, work }: { alias: Alias; work: Work }) {
  const back = () => void work.edit({ aliases: work.found.settings.aliases.filter((other) => other !== alias) });
  return (
    <div class="alias">
      <Pair from={alias.from} to={alias.to} done />
      <div class="flex"><Button look="quiet" small icon="undo" onClick={back}>{words.imports.takeBack}</Button></div>
    </div>
  );
}

function Pair({ from, to, end, done }: { from: string; to: string; end?: string; done?: boolean }) {
  return (
    <div class="pair">
      {done && <Icon name="tick" />}
      <span>{from}</span>
      <Icon name="arrow" />
      <span><b>{to}</b></span>
      {end && <em>{end}</em>}
      {done && <em>{words.imports.settled}</em>}
    </div>
  );
}
