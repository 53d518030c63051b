/** Parts that a job used, taken from stock by name. */
import { useQuery } from "@tanstack/preact-query";
import { useEffect, useId, useState } from "preact/hooks";
import { get, type Page, Problem, type Row } from "../../kernel/api";
import { number } from "../../kernel/format";
import { keys } from "../../kernel/query";
import { fieldOf, kindOf, may } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import { todayWords } from "../../words/today";
import { logPart } from "./api";
import { Bit } from "./bit";
import { useFirst } from "./first";

const w = todayWords.parts;
const WAIT_MS = 200;
const SHOWN = 8;
const FIELDS = ["name", "number", "quantity", "unit", "location"];

export function Parts({ order, logs }: { order: Row; logs: Row[] }) {
  const [open, setOpen] = useState(false);
  if (!may(kindOf("part-logs"), "read")) return null;
  return (
    <Bit
      title={w.title}
      none={logs.length === 0 && w.none}
      action={
        may(kindOf("part-logs"), "create") &&
        may(kindOf("stock-items"), "read") && (
          <Button class="touch" icon="box" onClick={() => setOpen(true)}>
            {w.add}
          </Button>
        )
      }
    >
      <ul class="noted">
        {logs.map((log) => (
          <li key={log.id}>
            <span class="grow">{String(log.description ?? "")}</span>
            <span class="muted">{number(Number(log.quantity))} ×</span>
          </li>
        ))}
      </ul>
      {open && <PartDialog order={order} onClose={() => setOpen(false)} />}
    </Bit>
  );
}

/** Only fields of the schema: what a thing costs is not for everybody. */
function useItems(typed: string) {
  const kind = kindOf("stock-items");
  const fields = ["id", "version", ...FIELDS.filter((name) => kind && fieldOf(kind, name))].join();
  const [wanted, setWanted] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = new URLSearchParams({ fields, limit: String(SHOWN), ...(wanted.trim() ? { q: wanted.trim() } : { sort: "name" }) }).toString();
  return useQuery<Page, Problem>({ queryKey: keys.rows("stock-items", query), queryFn: ({ signal }) => get<Page>(`stock-items?${query}`, signal) });
}

function PartDialog({ order, onClose }: { order: Row; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [item, setItem] = useState<Row | null>(null);
  const [quantity, setQuantity] = useState(1);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const first = useFirst<HTMLInputElement>();
  const found = useItems(typed);
  const rows = found.data?.data ?? [];
  const add = async () => {
    if (!item) return;
    setBusy(true);
    try {
      await logPart(order.id, item, quantity);
      toast(w.added(number(quantity), String(item.name)));
      onClose();
    } catch (problem) {
      setBusy(false);
      toast(problem instanceof Problem ? (problem.errors[0]?.message ?? problem.message) : words.problem.title, { tone: "danger" });
    }
  };
  return (
    <Dialog
      title={w.add}
      onClose={onClose}
      foot={
        <>
          <Button class="touch" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button class="touch" look="primary" disabled={!item || !(quantity > 0) || busy} onClick={() => void add()}>
            {busy ? words.saving : w.go}
          </Button>
        </>
      }
    >
      <div class="stack">
        <label class="label" for={id}>
          {w.which}
        </label>
        <input id={id} class="input" type="search" autocomplete="off" ref={first} placeholder={w.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </div>
      <ul class="picks" aria-label={w.which}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" aria-pressed={item?.id === row.id} onClick={() => setItem(row)}>
              <span class="grow">
                {String(row.name)}
                <small>{[row.number, left(row)].filter(Boolean).join(" · ")}</small>
              </span>
            </button>
          </li>
        ))}
        {rows.length === 0 && <li class="muted t13 pad">{found.isFetching ? words.loading : w.nothing}</li>}
      </ul>
      <Stepper value={quantity} onChange={setQuantity} />
    </Dialog>
  );
}

function left(row: Row): string {
  return row.quantity == null ? "" : w.left(number(Number(row.quantity)), String(row.unit ?? ""), String(row.location ?? ""));
}

function Stepper({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div class="stack">
      <label class="label" for={id}>
        {w.quantity}
      </label>
      <div class="flex stepper">
        <Button class="touch" icon="minus" label={w.less} disabled={value <= 1} onClick={() => onChange(value - 1)} />
        <input id={id} class="input" type="number" inputMode="decimal" min="0" step="any" value={value} onInput={(event) => onChange(Number(event.currentTarget.value))} />
        <Button class="touch" icon="plus" label={w.more} onClick={() => onChange(value + 1)} />
      </div>
    </div>
  );
}
