/** What the rows of a file are: the likely kinds first, the rest behind one choice. */
import { useState } from "preact/hooks";
import { iconOf } from "../../kernel/kinds";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { capital } from "../../words/en/parts";

interface Props {
  file: File;
  kinds: Kind[];
  likely: Kind[];
  onPick: (kind: Kind) => void;
  onOther: () => void;
}

export function Which({ file, kinds, likely, onPick, onOther }: Props) {
  const [all, setAll] = useState(likely.length === 0);
  const shown = all ? [...likely, ...kinds.filter((kind) => !likely.includes(kind))] : likely.slice(0, 3);
  return (
    <section class="card which" aria-labelledby="which">
      <div class="card-head ruled">
        <h2 id="which">{words.imports.whichFor(file.name)}</h2>
        <div class="end">
          <Button look="quiet" small icon="undo" onClick={onOther}>{words.imports.startOver}</Button>
        </div>
      </div>
      <ul class="rows which-kinds">
        {shown.map((kind, i) => (
          <li key={kind.name}>
            <button type="button" autofocus={i === 0} onClick={() => onPick(kind)}>
              <Icon name={iconOf(kind.name)} />
              <span class="grow">
                <b>{capital(kind.many)}</b>
                {!all && <span class="muted t12 cut block">{kind.about}</span>}
              </span>
              {kind === likely[0] && <span class="chip">{words.imports.best}</span>}
              <Icon name="right" />
            </button>
          </li>
        ))}
      </ul>
      <div class="flex between which-foot">
        <p class="muted t13">{words.imports.whichHow}</p>
        {!all && <Button small onClick={() => setAll(true)}>{words.imports.otherKind}</Button>}
      </div>
    </section>
  );
}
