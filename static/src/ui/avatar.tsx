/** A person, as initials. */
import { initials } from "../kernel/format";

export function Avatar({ name, big }: { name: string; big?: boolean }) {
  return (
    <span class={big ? "avatar big" : "avatar"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function Person({ name }: { name: string }) {
  return (
    <span class="person">
      <Avatar name={name} />
      <span class="cut">{name}</span>
    </span>
  );
}
