/** A labelled input of the request form, with its hint and what is wrong with it. */
import type { ComponentChildren } from "preact";

interface Aria {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

interface Props {
  id: string;
  label: string;
  how?: string;
  error?: string;
  children: (aria: Aria) => ComponentChildren;
}

export function Field({ id, label, how, error, children }: Props) {
  const said = error ?? how;
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": said ? `${id}-said` : undefined })}
      {said && (
        <p id={`${id}-said`} class={error ? "t13 tone-danger" : "t13 muted"}>
          {said}
        </p>
      )}
    </div>
  );
}
