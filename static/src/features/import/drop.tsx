/** Where a file is dropped or chosen, and how far it is on its way. */
import { useRef, useState } from "preact/hooks";
import { bytes } from "../../kernel/format";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { importWords } from "../../words/imports";
import type { Sending } from "./start";

interface Props {
  sending: Sending | null;
  problem: string | null;
  onFile: (file: File) => void;
}

export function Drop({ sending, problem, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  if (sending) return <OnItsWay {...sending} />;
  return (
    <section
      class="card imp-drop"
      data-over={over || undefined}
      aria-label={importWords.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      <span class="nothing-mark"><Icon name="upload" /></span>
      <h2>{importWords.drop}</h2>
      <p class="muted t13">{importWords.dropHow}</p>
      {problem && <p class="note-danger" role="alert">{problem}</p>}
      <Button look="primary" icon="upload" onClick={() => input.current?.click()}>{importWords.choose}</Button>
      <input
        ref={input}
        class="hidden-visually"
        type="file"
        tabIndex={-1}
        aria-label={importWords.choose}
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </section>
  );
}

function OnItsWay({ file, share, stop }: Sending) {
  const percent = Math.round(share * 100);
  return (
    <section class="card run" aria-label={importWords.sending(file.name)}>
      <div class="flex between">
        <span class="flex">
          <span class="muted"><Icon name="sheet" /></span>
          <b>{file.name}</b>
          <span class="muted">{bytes(file.size)}</span>
        </span>
        <Button small onClick={stop}>{importWords.stop}</Button>
      </div>
      <div class="progress tall" role="progressbar" aria-label={importWords.sending(file.name)} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <i style={{ width: `${percent}%` }} />
      </div>
      <p class="muted t13">{share < 1 ? importWords.sent(share) : importWords.reading}</p>
    </section>
  );
}
