/** What one presses. */
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon";

interface Props extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, "icon" | "size"> {
  look?: "primary" | "quiet" | "danger";
  small?: boolean;
  icon?: IconName;
  /** For a button of an icon alone: what it does. */
  label?: string;
  type?: "button" | "submit";
  disabled?: boolean;
  /** The form that it submits, where it stands outside of it. */
  form?: string;
  children?: ComponentChildren;
}

export function Button({ look, small, icon, label, type = "button", children, class: extra, ...rest }: Props) {
  const shape = ["btn", look, small && "small", icon && !children && "icon", extra].filter(Boolean).join(" ");
  return (
    <button {...rest} type={type} class={shape} aria-label={label ?? rest["aria-label"]} title={label}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
