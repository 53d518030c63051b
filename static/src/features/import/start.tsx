/** The first step: the file, and what its rows are. Beside it the imports of before. */
import { useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { Problem } from "../../kernel/api";
import { type Kind, useSchema } from "../../kernel/schema";
import { Empty, Skeleton } from "../../ui/state";
import { Screen } from "../../ui/screen";
import { words } from "../../words";
import { MOST_BYTES, upload } from "./api";
import { Crumbs } from "./crumbs";
import { Drop } from "./drop";
import { guesses, readHeaders } from "./guess";
import { Latest } from "./latest";
import { Steps } from "./steps";
import { importable } from "./targets";
import { keep, sent } from "./use-import";
import { Which } from "./which";

export interface Sending {
  file: File;
  share: number;
  stop: () => void;
}

export function Start({ kind: wanted }: { kind?: string }) {
  const schema = useSchema();
  const [, go] = useLocation();
  const [file, setFile] = useState<File | null>(null);
  const [likely, setLikely] = useState<Kind[]>([]);
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef<AbortController | null>(null);
  if (!schema) return <Screen title={words.imports.title}><Skeleton /></Screen>;
  const kinds = schema.kinds.filter(importable);
  const preset = kinds.find((kind) => kind.name === wanted);

  const send = async (kind: Kind, which: File) => {
    const stop = new AbortController();
    latest.current = stop;
    const at = (share: number) => setSending({ file: which, share, stop: () => stop.abort() });
    at(0);
    try {
      const draft = await upload(kind.name, which, at, stop.signal);
      sent.set(draft.id, which);
      keep(draft);
      go(`/import/${kind.name}?id=${draft.id}`);
    } catch (error) {
      if (error instanceof Problem) setProblem(error.message);
    } finally {
      setSending(null);
    }
  };

  const take = async (which: File) => {
    const wrong = refusal(which);
    setProblem(wrong);
    setFile(null);
    if (wrong) return;
    if (preset) return send(preset, which);
    const found = guesses(kinds, await readHeaders(which), which.name);
    setLikely(found);
    setFile(which);
  };

  return (
    <Screen title={words.imports.title} lead={<><Crumbs kind={preset} /><Steps at={1} /></>}>
      {kinds.length === 0 ? (
        <Empty icon="upload" title={words.imports.noKinds}>{words.imports.noKindsHow}</Empty>
      ) : (
        <div class="body">
          <div class="imp start">
            <div>
              {file && !sending ? (
                <Which file={file} kinds={kinds} likely={likely} onPick={(kind) => void send(kind, file)} onOther={() => setFile(null)} />
              ) : (
                <Drop sending={sending} problem={problem} onFile={(which) => void take(which)} />
              )}
              {problem && file && <p class="note-danger" role="alert">{problem}</p>}
              <p class="t13 muted imp-hint">{words.imports.order}</p>
            </div>
            <div>
              <Latest />
            </div>
          </div>
        </div>
      )}
    </Screen>
  );
}

/** What can be said of a file before it is sent. */
function refusal(file: File): string | null {
  if (file.size === 0) return words.imports.empty;
  if (file.size > MOST_BYTES) return words.imports.tooLarge;
  if (/\.(xls|ods|numbers|pdf|docx?|zip|json)$/i.test(file.name)) return words.imports.wrongType;
  return null;
}
