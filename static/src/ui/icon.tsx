/** The pictures: one sprite, put into the page once. */
import sprite from "./icons.svg?raw";

export type IconName = string;

/** Puts the sprite into the page; without it icons are blank. */
export function installIcons(): void {
  const holder = document.createElement("div");
  holder.hidden = true;
  holder.innerHTML = sprite;
  document.body.prepend(holder);
}

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
