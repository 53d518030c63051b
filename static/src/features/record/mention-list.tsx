/** The names that an `@` in a note may stand for. */
import { useState } from "preact/hooks";
import { candidates, mentionAt, type Person } from "../../kernel/mentions";
import { Avatar } from "../../ui/avatar";
import { words } from "../../words";

const MOST = 6;

export interface Mentioning {
  /** Those who fit what is typed; none while nothing is. */
  fitting: Person[];
  active: number;
  /** Looks at the text anew, after typing or a move of the caret. */
  look: (area: HTMLTextAreaElement) => void;
  /** True when the key was meant for the list. */
  key: (event: KeyboardEvent, area: HTMLTextAreaElement) => boolean;
  pick: (person: Person, area: HTMLTextAreaElement) => void;
  close: () => void;
}

export function useMentioning(people: Person[], change: (text: string, caret: number, who: Person) => void): Mentioning {
  const [fitting, setFitting] = useState<Person[]>([]);
  const [active, setActive] = useState(0);
  const close = () => setFitting([]);
  const look = (area: HTMLTextAreaElement) => {
    const at = mentionAt(area.value, area.selectionStart);
    const found = at ? candidates(people, at.typed, MOST) : [];
    // A name that stands there whole needs no list.
    setFitting(found.length === 1 && found[0]?.name === at?.typed ? [] : found);
    setActive(0);
  };
  const pick = (person: Person, area: HTMLTextAreaElement) => {
    const at = mentionAt(area.value, area.selectionStart);
    if (!at) return close();
    const before = `${area.value.slice(0, at.from)}@${person.name} `;
    change(before + area.value.slice(area.selectionStart).replace(/^ /, ""), before.length, person);
    close();
  };
  const key = (event: KeyboardEvent, area: HTMLTextAreaElement): boolean => {
    if (fitting.length === 0 || event.isComposing) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) setActive((active + step + fitting.length) % fitting.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(fitting[active] as Person, area);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { fitting, active, look, key, pick, close };
}

export function MentionList({ id, mentioning, area }: { id: string; mentioning: Mentioning; area: () => HTMLTextAreaElement | null }) {
  if (mentioning.fitting.length === 0) return null;
  return (
    <ul id={id} class="mention-list" role="listbox" aria-label={words.record.mention}>
      {mentioning.fitting.map((person, at) => (
        <li
          key={person.id}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === mentioning.active}
          onMouseDown={(event) => {
            event.preventDefault();
            const field = area();
            if (field) mentioning.pick(person, field);
          }}
        >
          <Avatar name={person.name} />
          {person.name}
        </li>
      ))}
    </ul>
  );
}
