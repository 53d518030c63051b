/** Below the head, on a desk: what is searched and filtered for, and how the list is laid out. */
import type { RefObject } from "preact";
import type { Kind } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { words } from "../../words";
import { Chips } from "./chips";
import { Chooser } from "./chooser";
import type { Place } from "./address";
import type { Column } from "./columns";
import { Fresh } from "./fresh";
import { Search } from "./search";
import { density, setDensity } from "./taste";
import type { Listing } from "./use-list";
import type { Move } from "./use-place";

interface Props {
  kind: Kind;
  list: Listing;
  place: Place;
  fields: Column[];
  columns: Column[];
  searchField: RefObject<HTMLInputElement>;
  onMove: Move;
  onColumns: (columns: string[] | null) => void;
  onLeave: () => void;
}

export function toggleDensity(): void {
  setDensity(density.value === "dense" ? "normal" : "dense");
}

export function Toolbar({ kind, list, place, fields, columns, searchField, onMove, onColumns, onLeave }: Props) {
  return (
    <div class="bar list-bar desk">
      <Search many={kind.many} q={place.q} field={searchField} onSearch={(q) => onMove({ q }, true)} onLeave={onLeave} />
      <div class="list-chips">
        <Chips filter={place.filter} fields={fields} onChange={(filter) => onMove({ filter })} />
      </div>
      <div class="end">
        <Fresh list={list} />
        <Chooser kind={kind} columns={columns} onChange={onColumns} />
        <Button look="quiet" small icon="density" label={words.list.density} aria-pressed={density.value === "normal"} onClick={toggleDensity} />
      </div>
    </div>
  );
}
