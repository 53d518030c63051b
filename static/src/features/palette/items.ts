/** One line of the palette. */
import type { Row } from "../../kernel/api";
import type { Field } from "../../kernel/schema";
import type { IconName } from "../../ui/icon";

export interface Item {
  id: string;
  icon: IconName;
  title: string;
  sub?: string;
  /** At the right: what it is. */
  end?: string;
  /** At the right: where it stands. */
  state?: { field: Field; value: string };
  /** Where it leads; can be opened in a new tab. */
  href?: string;
  /** Or what it does. */
  run?: () => void;
  keys?: string;
  /** A record, for what can be done with it. */
  record?: { kind: string; row: Row };
}

export interface Group {
  title: string;
  items: Item[];
}
