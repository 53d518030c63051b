/** The form itself: groups of fields, what is wrong with them, and saving. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { pathOf, valueAt } from "../../kernel/changes";
import { ago } from "../../kernel/format";
import type { Row } from "../../kernel/api";
import { useHold } from "../../kernel/live/use-live";
import type { Kind } from "../../kernel/schema";
import { toast } from "../../kernel/toasts";
import { Button } from "../../ui/button";
import { AboutRow } from "../../ui/edit/about";
import { FieldRow } from "../../ui/edit/field-row";
import { Icon } from "../../ui/icon";
import { LockBanner } from "../../ui/lock-banner";
import { Presence } from "../../ui/presence";
import { Screen } from "../../ui/screen";
import { titleOf } from "../../ui/value";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { groupsOf } from "./groups";
import { LeaveGuard } from "./leave";
import { useFormState } from "./state";

interface Props {
  kind: Kind;
  /** The record, or what a new one starts with. */
  start: Row;
  /** Under which its draft is kept. */
  name: string;
}

const FORM = "f";

export function FormSheet({ kind, start, name }: Props) {
  const making = start.id === "";
  const [, go] = useLocation();
  const [asked, setAsked] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const state = useFormState(kind, start, name);
  const { row, priced, errors, problem, saving, dirty } = state;
  const [saved, setSaved] = useState(false);
  const hold = useHold(kind.name, start.id, !making);
  // Whoever lost it may still try: the answer says what became of the record, and nothing typed is lost.
  const blocked = saving || (hold.theirs && !hold.lost);
  const groups = groupsOf(kind, making);
  const home = making ? `/${kind.name}` : `/${kind.name}/${start.id}`;
  const title = making ? words.form.make(kind.one) : words.form.change(kind.one);

  useEffect(() => {
    // On a phone the keyboard would cover the form before anybody has seen it.
    if (making && matchMedia("(min-width: 720px)").matches) first(form.current, "input, textarea, select")?.focus();
  }, []);
  useEffect(() => {
    if (Object.keys(errors).length) first(form.current, "[aria-invalid]")?.focus();
  }, [problem]);

  const save = async () => {
    if (blocked) return;
    const done = await state.save();
    if (!done) return;
    setSaved(true);
    if (making) toast(words.created(kind.one));
    go(`/${kind.name}/${done.id}`, { replace: true });
  };
  const leave = () => (dirty ? setAsked(home) : making && history.length > 1 ? history.back() : go(home));
  const shown = new Set(groups.flatMap((group) => group.fields.map(pathOf)).concat("about_id", "about_kind"));
  const unplaced = Object.entries(errors).filter(([path]) => !shown.has(path));
  const wrong = Object.keys(errors).length;

  return (
    <Screen
      title={making ? title : `${title}: ${titleOf(start)}`}
      lead={
        <nav class="form-way" aria-label={words.record.back(kind.many)}>
          <Link href={home} class="muted cut">
            {making ? capital(kind.many) : titleOf(start)}
          </Link>
          <Icon name="right" />
          <h1 class="head-title">{title}</h1>
        </nav>
      }
      actions={
        <span class="desk flex">
          {!making && <Presence kind={kind.name} id={start.id} />}
          <span class="t12 muted nowrap">{words.form.keys}</span>
          <Button onClick={leave}>{words.cancel}</Button>
          <Button look="primary" disabled={blocked} onClick={() => void save()}>
            {saving ? words.form.saving : making ? words.form.add(kind.one) : words.form.save}
          </Button>
        </span>
      }
    >
      {!making && <LockBanner kind={kind.name} id={start.id} hold={hold} />}
      <div class="body form-body">
        {state.restored && (
          <p class="notice" role="status">
            <Icon name="undo" />
            <span class="grow">{words.form.restored(ago(state.restored))}</span>
            <Button small onClick={state.startOver}>
              {words.form.over}
            </Button>
          </p>
        )}
        {problem && (problem.status !== 422 || wrong > 0) && (
          <div class="notice" data-tone="danger" role="alert">
            <Icon name="alert" />
            <div>
              <p>{wrong > unplaced.length ? words.form.fix(wrong - unplaced.length) : unplaced.length ? "" : problem.status === 423 ? words.live.notSaved(problem.message) : problem.message}</p>
              {unplaced.map(([path, message]) => (
                <p key={path}>{message}</p>
              ))}
            </div>
          </div>
        )}
        <form
          ref={form}
          class="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.defaultPrevented) return;
            // Enter in a line is too easily hit to send a whole form.
            if ((event.target as HTMLElement).tagName === "INPUT") event.preventDefault();
            if (event.ctrlKey || event.metaKey) void save();
          }}
        >
          {groups.map((group) => (
            <fieldset key={group.name} class="form-group">
              <legend>{group.label}</legend>
              <div class="form-fields">
                {group.fields.map((field) => (
                  <FieldRow key={pathOf(field)} form={FORM} field={field} hint={words.form.hints[`${kind.name}.${pathOf(field)}`]} row={priced} value={valueAt(row, pathOf(field))} error={errors[pathOf(field)]} onChange={(value) => state.set(pathOf(field), value)} />
                ))}
                {group.about && <AboutRow form={FORM} kind={kind} row={row} error={errors.about_id ?? errors.about_kind} onChange={state.setAll} />}
              </div>
            </fieldset>
          ))}
          <button type="submit" class="hidden-visually" tabIndex={-1} aria-hidden="true" />
        </form>
      </div>
      <div class="thumb phone">
        <Button class="touch form-cancel" onClick={leave}>
          {words.cancel}
        </Button>
        <Button look="primary" class="touch" disabled={blocked} onClick={() => void save()}>
          {saving ? words.form.saving : making ? words.form.add(kind.one) : words.form.save}
        </Button>
      </div>
      <LeaveGuard dirty={dirty && !saved} asked={asked} onAsk={setAsked} onDiscard={state.discard} />
    </Screen>
  );
}

function first(within: HTMLElement | null, what: string): HTMLElement | null {
  const found = within?.querySelector<HTMLElement>(what) ?? null;
  return found?.matches("input, select, textarea, button") ? found : (found?.querySelector<HTMLElement>("input, select, textarea, button") ?? null);
}

