/** A person, as initials. */
import { initials } from "../kernel/format";

/** `bare`: the initials alone, where something else is the round. */
export function Avatar({ name, big, bare }: { name: string; big?: boolean; bare?: boolean }) {
  if (bare) return <span aria-hidden="true">{initials(name)}</span>;
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
