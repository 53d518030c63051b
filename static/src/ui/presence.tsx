/** Who else is on a record, and what they do there. */
import { peopleOn } from "../kernel/live/people";
import { words } from "../words";
import { Avatar } from "./avatar";
import { Icon } from "./icon";

/** More faces than this are a number. */
const SHOWN = 4;

export function Presence({ kind, id }: { kind: string; id: string }) {
  const all = peopleOn(kind, id).toSorted((a, b) => Number(b.editing) - Number(a.editing));
  if (!all.length) return null;
  const say = (person: (typeof all)[number]) => (person.editing ? words.live.isEditing(person.name) : words.live.isViewing(person.name));
  const told = all.slice(0, 2).map((person) => (person.editing ? words.live.edits(person.name) : words.live.views(person.name)));
  return (
    <>
      <span class="presence" role="img" aria-label={all.map(say).join(", ")}>
        {all.slice(0, SHOWN).map((person) => (
          <span key={person.id} class={person.editing ? "avatar edits" : "avatar"} title={say(person)}>
            <Avatar name={person.name} bare />
            {person.editing && <Icon name="pencil" />}
          </span>
        ))}
      </span>
      <span class="t12 muted nowrap desk">{[told.join(", "), all.length > 2 && words.live.others(all.length - 2)].filter(Boolean).join(" ")}</span>
    </>
  );
}
