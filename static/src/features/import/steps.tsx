/** Where one is on the way from a file to records. */
import { Icon } from "../../ui/icon";
import { importWords } from "../../words/imports";

export function Steps({ at }: { at: 1 | 2 | 3 | 4 | 5 }) {
  const shown = Math.min(at, 4);
  return (
    <>
      <ol class="imp-steps desk">
        {importWords.steps.map((name, i) => (
          <li key={name} data-done={i + 1 < at || undefined} aria-current={i + 1 === at ? "step" : undefined}>
            <span class="no">{i + 1 < at ? <Icon name="check" /> : i + 1}</span>
            {name}
          </li>
        ))}
      </ol>
      <p class="phone t13 muted">{importWords.step(shown, importWords.steps[shown - 1] ?? "")}</p>
    </>
  );
}
