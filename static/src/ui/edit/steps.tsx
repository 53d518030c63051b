/** The steps of a checklist: tick, name, order, add, take away. */
import { useRef, useState } from "preact/hooks";
import { words } from "../../words";
import { Button } from "../button";
import { Icon } from "../icon";
import { Menu } from "../menu";
import "./steps.css";

export interface Step {
  text: string;
  done?: boolean;
}

interface Props {
  id?: string;
  steps: Step[];
  onChange: (steps: Step[]) => void;
  /** At the right of a step that is done. */
  beside?: (step: Step) => string | null;
  locked?: boolean;
}

const MOST = 500;

export function Steps({ id, steps, onChange, beside, locked }: Props) {
  const [renaming, setRenaming] = useState<number | null>(null);
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const change = (at: number, step: Step) => onChange(steps.map((old, i) => (i === at ? step : old)));
  const move = (at: number, by: number) => {
    const moved = [...steps];
    moved.splice(at + by, 0, ...moved.splice(at, 1));
    onChange(moved);
  };
  const add = () => {
    const text = typed.trim();
    setTyped("");
    if (text) onChange([...steps, { text, done: false }]);
  };
  return (
    <div class="steps">
      <ul class="checklist" ref={list}>
        {steps.map((step, i) => (
          <li key={`${i}${step.text}`}>
            <button
              type="button"
              class="step-tick"
              role="checkbox"
              aria-checked={step.done === true}
              aria-label={step.text}
              disabled={locked}
              onClick={() => change(i, { ...step, done: !step.done })}
            >
              <span class={step.done ? "check done" : "check"}>
                <Icon name="check" />
              </span>
            </button>
            {renaming === i ? (
              <input
                class="input small"
                aria-label={words.record.stepName}
                maxLength={MOST}
                value={step.text}
                ref={(input) => {
                  if (document.activeElement !== input) input?.focus();
                }}
                onKeyDown={(event) => {
                  if (event.key === "Escape") setRenaming(null);
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  event.currentTarget.blur();
                }}
                onBlur={(event) => {
                  const text = event.currentTarget.value.trim();
                  setRenaming(null);
                  if (text && text !== step.text) change(i, { ...step, text });
                }}
              />
            ) : (
              <span class={step.done ? "grow done-text" : "grow"}>{step.text}</span>
            )}
            {step.done && beside?.(step) && <span class="who">{beside(step)}</span>}
            {!locked && (
              <Menu
                label={step.text}
                items={[
                  { label: words.record.rename, icon: "pencil", onPick: () => setRenaming(i) },
                  { label: words.record.moveUp, icon: "up", disabled: i === 0, onPick: () => move(i, -1) },
                  { label: words.record.moveDown, icon: "down", disabled: i === steps.length - 1, onPick: () => move(i, 1) },
                  { label: words.record.takeAway, icon: "x", danger: true, onPick: () => onChange(steps.filter((_, at) => at !== i)) },
                ]}
                button={(open) => <Button {...open} look="quiet" small icon="dots" class="step-more" label={words.record.stepMenu(step.text)} />}
              />
            )}
          </li>
        ))}
      </ul>
      {!locked && (
        <div class="step-new">
          <Icon name="plus" />
          <input
            id={id}
            class="input small"
            placeholder={words.record.addStep}
            aria-label={id ? undefined : words.record.addStep}
            maxLength={MOST}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              add();
            }}
            onBlur={add}
          />
        </div>
      )}
    </div>
  );
}
