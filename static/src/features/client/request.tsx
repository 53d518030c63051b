/** A customer asks for something: few fields, one button. */
import { useId, useState } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { Problem } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { client, keys } from "../../kernel/query";
import { fieldOf, kindOf } from "../../kernel/schema";
import { clientWords } from "../../words/client-area";
import { LISTS, overviewParts, place, useRows } from "./api";
import { Field } from "./field";
import { Page } from "./frame";
import { machineName } from "./lines";

const w = clientWords.ask;

/** One key for one visit to the form: a second tap on "Send" cannot ask twice. */
const newKey = (): string => `request-${Date.now()}-${Math.random().toString(36).slice(2)}`;

export function Request() {
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const [title, setTitle] = useState("");
  const [site, setSite] = useState(search.get("site") ?? "");
  const [machine, setMachine] = useState(search.get("machine") ?? "");
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [key] = useState(newKey);
  const form = useId();
  const sites = usePart(overviewParts().sites).data?.data ?? [];
  const machines = useRows({ ...LISTS.equipment, query: "sort=name&status[ne]=decommissioned" }, site ? `&site_id=${site}` : "", site !== "").rows ?? [];
  const kind = kindOf("work-orders");
  const may = (name: string) => {
    const field = kind && fieldOf(kind, name);
    return field !== undefined && !field.read_only;
  };
  /** What was wrong is being put right. */
  const right = (name: string) => setErrors(({ [name]: _, form: __, ...others }) => others);
  const only = sites.length === 1 ? sites[0]?.id : undefined;
  const where = site || only || "";

  const send = async (event: Event) => {
    event.preventDefault();
    const missing: Record<string, string> = {};
    if (!title.trim()) missing.title = w.neededWhat;
    if (may("site_id") && sites.length > 0 && !where) missing.site_id = w.neededWhere;
    setErrors(missing);
    if (Object.keys(missing).length) {
      document.getElementById(`${form}-${Object.keys(missing)[0]}`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const made = await place({ title: title.trim(), site_id: where, equipment_id: machine, description: told.trim() }, key);
      client.removeQueries({ queryKey: keys.record("work-orders", made.id) });
      go(`/work-orders/${made.id}?placed`, { replace: true });
    } catch (problem) {
      setBusy(false);
      if (!(problem instanceof Problem)) throw problem;
      const fields = Object.fromEntries(problem.errors.map((one) => [one.pointer.replace(/^\//, ""), one.message]));
      setErrors(Object.keys(fields).length ? fields : { form: problem.message });
    }
  };

  return (
    <Page title={w.title} how={w.how} action={<SendButton form={form} busy={busy} />} thumbOnly>
      <form id={form} class="card cl-form" noValidate onSubmit={(event) => void send(event)}>
        {errors.form && (
          <p class="note-danger" role="alert">
            {errors.form}
          </p>
        )}
        <Field id={`${form}-title`} label={w.what} error={errors.title}>
          {(aria) => (
            <input
              {...aria}
              class="input"
              maxLength={200}
              placeholder={w.whatExample}
              value={title}
              onInput={(event) => {
                setTitle(event.currentTarget.value);
                right("title");
              }}
            />
          )}
        </Field>
        {may("site_id") && sites.length > 0 && (
          <Field id={`${form}-site_id`} label={w.site} error={errors.site_id}>
            {(aria) => (
              <select
                {...aria}
                class="input"
                value={where}
                onChange={(event) => {
                  setSite(event.currentTarget.value);
                  right("site_id");
                  setMachine("");
                }}
              >
                <option value="">{w.pickSite}</option>
                {sites.map((one) => (
                  <option key={one.id} value={one.id}>
                    {String(one.name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {may("equipment_id") && where && (
          <Field id={`${form}-equipment_id`} label={w.machine} error={errors.equipment_id}>
            {(aria) => (
              <select {...aria} class="input" value={machine} onChange={(event) => setMachine(event.currentTarget.value)}>
                <option value="">{w.pickMachine}</option>
                {machines.map((one) => (
                  <option key={one.id} value={one.id}>
                    {[machineName(one), one.serial].filter(Boolean).join(", ")}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {may("description") && (
          <Field id={`${form}-description`} label={w.more} how={w.moreHow} error={errors.description}>
            {(aria) => <textarea {...aria} class="input" rows={5} value={told} onInput={(event) => setTold(event.currentTarget.value)} />}
          </Field>
        )}
        <div class="desk">
          <SendButton form={form} busy={busy} />
        </div>
      </form>
    </Page>
  );
}

function SendButton({ form, busy }: { form: string; busy: boolean }) {
  return (
    <button type="submit" form={form} class="btn primary cl-do" disabled={busy}>
      {busy ? w.going : w.go}
    </button>
  );
}
