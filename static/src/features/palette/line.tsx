/** One line of the palette. */
import { Icon } from "../../ui/icon";
import { State } from "../../ui/value";
import type { Item } from "./items";
import { Marked } from "./marked";

interface Props {
  item: Item;
  id: string;
  typed: string;
  selected: boolean;
  onPoint: () => void;
  onPick: (apart: boolean) => void;
}

export function Line({ item, id, typed, selected, onPoint, onPick }: Props) {
  return (
    // The list is walked from the input: a pointer only chooses and picks.
    <div class="hit" id={id} role="option" aria-selected={selected} onPointerMove={() => !selected && onPoint()} onClick={(event) => onPick(event.ctrlKey || event.metaKey)}>
      <Icon name={item.icon} />
      <span class="grow">
        <Marked text={item.title} typed={typed} />{" "}
        {item.sub && (
          <small>
            <Marked text={item.sub} typed={typed} />
          </small>
        )}
      </span>
      <span class="end">
        {item.state ? <State {...item.state} /> : item.end}
        {selected ? <kbd>Enter</kbd> : item.keys && <kbd>{item.keys}</kbd>}
      </span>
    </div>
  );
}
