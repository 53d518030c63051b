/** Kinds by actions, each with how far it reaches; below a kind its fields. */
import { useState } from "preact/hooks";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { capital } from "../../words/en/parts";
import { ACTIONS, fieldRight, type FieldRight, LEVELS, levelOf, type Rights, setField, setLevel } from "./rights";

interface Props {
  rights: Rights;
  kinds: Kind[];
  fixed: boolean;
  title: string;
  onChange: (rights: Rights) => void;
}

export function Matrix({ rights, kinds, fixed, title, onChange }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div class="card matrix" role="table" aria-label={title}>
      <div class="matrix-line matrix-head" role="row">
        <span role="columnheader">{words.settings.kind}</span>
        {ACTIONS.map((action) => <span key={action} role="columnheader">{words.settings.actions[action]}</span>)}
      </div>
      {kinds.map((kind) => (
        <div key={kind.name} role="rowgroup">
          <div class="matrix-line" role="row">
            <span class="matrix-kind" role="rowheader">
              <Button look="quiet" small icon={open === kind.name ? "down" : "right"} aria-expanded={open === kind.name} onClick={() => setOpen(open === kind.name ? null : kind.name)}>
                {capital(kind.many)}
              </Button>
              <small class="muted">{summary(rights, kind.name)}</small>
            </span>
            {ACTIONS.map((action) => {
              const level = levelOf(rights, kind.name, action);
              return (
                <div key={action} role="cell" class="matrix-cell" data-level={level}>
                  <span class="phone">{words.settings.actions[action]}</span>
                  {fixed ? (
                    <span>{words.settings.levels[level]}</span>
                  ) : (
                    <select class="input small" aria-label={words.settings.levelOf(words.settings.actions[action] ?? action, kind.many)} value={level}
                      onChange={(event) => onChange(setLevel(rights, kind.name, action, event.currentTarget.value as typeof level))}>
                      {LEVELS.map((one) => <option key={one} value={one}>{words.settings.levels[one]}</option>)}
                    </select>
                  )}
                </div>
              );
            })}
          </div>
          {open === kind.name && <Fields rights={rights} kind={kind} fixed={fixed} onChange={onChange} />}
        </div>
      ))}
    </div>
  );
}

function summary(rights: Rights, kind: string): string {
  const hidden = rights.hidden[kind]?.length ?? 0;
  const locked = rights.locked[kind]?.length ?? 0;
  return [hidden > 0 && words.settings.hiddenSome(hidden), locked > 0 && words.settings.lockedSome(locked)].filter(Boolean).join(", ");
}

function Fields({ rights, kind, fixed, onChange }: { rights: Rights; kind: Kind; fixed: boolean; onChange: (rights: Rights) => void }) {
  const fields = [...kind.fields.map((field) => ({ name: field.name, label: field.label })), ...kind.custom.map((field) => ({ name: `custom.${field.name}`, label: field.label }))];
  return (
    <div class="matrix-fields" role="row">
      <div role="cell">
        <p class="label">{words.settings.fieldsOf(kind.many)}</p>
        <ul>
          {fields.map((field) => {
            const right = fieldRight(rights, kind.name, field.name);
            return (
              <li key={field.name}>
                <label>
                  <span class="cut">{field.label}</span>
                  {fixed ? <span class="muted">{words.settings.fieldRight[right]}</span> : (
                    <select class="input small" value={right} onChange={(event) => onChange(setField(rights, kind.name, field.name, event.currentTarget.value as FieldRight))}>
                      {(["full", "locked", "hidden"] as const).map((one) => <option key={one} value={one}>{words.settings.fieldRight[one]}</option>)}
                    </select>
                  )}
                </label>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
