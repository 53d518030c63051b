/** One column: what it is called and comes to, its cards, and where a dragged one would stand. */
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Page, Row } from "../../kernel/api";
import { usePart } from "../../kernel/pages";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";
import { boardWords } from "../../words/board";
import { Card } from "./card";
import type { ColumnsProps, Dragged } from "./columns";
import { cardsIn, placeOf } from "./overlay";
import { columnPart, FIRST, MOST } from "./parts";
import { amounts } from "./worth";

interface Props extends ColumnsProps {
  value: string;
  first: Page;
  dragged: Dragged | null;
  /** May what is dragged come here? */
  allowed: boolean;
  targets: (row: Row) => string[];
  onMove: (row: Row, to: string) => void;
  onPress?: (event: PointerEvent, row: Row) => void;
  folded: boolean;
  onFold?: () => void;
}

export function Column(props: Props) {
  const { kind, fields, sort, list, value, dragged, allowed, totals, folded, onFold, label } = props;
  const [limit, setLimit] = useState(FIRST);
  const more = usePart(columnPart(kind.name, list, fields.state.name, value, limit), limit > FIRST);
  const cards = cardsIn(value, (more.data ?? props.first).data, fields.state.name, sort, props.moves);
  const group = totals.get(value);
  const count = group?.count ?? cards.length;
  const source = dragged?.from === value;
  const target = dragged !== null && allowed && dragged.over === value;
  const change = dragged && (source || target) ? amounts(props.worth(dragged.row)) : "";
  const name = label(value);
  if (folded) {
    return (
      <button type="button" class={target ? "folded target" : "folded"} data-drop={value} onClick={onFold} aria-label={boardWords.unfold(name)}>
        <b>{name}</b>
        <span>
          {boardWords.since(count, props.since(value))}
          {amounts(group?.sum) && `, ${amounts(group?.sum)}`}
        </span>
      </button>
    );
  }
  const slot = target && dragged ? placeOf(dragged.row, cards, sort) : -1;
  const percent = props.percents[value];
  const drop = (
    <li key="drop" class="drop-here" aria-hidden="true">
      <span>{percent !== undefined && percent > 0 && percent < 100 ? boardWords.dropLikely(percent) : boardWords.drop}</span>
    </li>
  );
  const shown = cards.map((row) => (
    <Card
      key={row.id}
      row={row}
      kind={kind}
      fields={fields}
      value={value}
      label={label}
      targets={props.targets(row)}
      onMove={props.onMove}
      onPress={props.onPress}
      ghost={dragged?.row.id === row.id}
    />
  ));
  if (slot >= 0) shown.splice(slot, 0, drop);
  const left = count - cards.length;
  const state = [target && "target", dragged && !source && !allowed && "barred"].filter(Boolean).join(" ");
  return (
    <section class={`col ${state}`} data-drop={value} aria-label={boardWords.column(name, count)}>
      <div class="col-head">
        <h2>
          <span class="cut">{name}</span> <small class="nowrap">{boardWords.since(count, props.since(value))}</small>
          {dragged && !fields.money && (source || target) && <small class={target ? "up" : ""}>{target ? "+ 1" : "− 1"}</small>}
          {onFold && <Button look="quiet" small icon="left" class="end" label={boardWords.fold(name)} onClick={onFold} />}
        </h2>
        {fields.money && (
          <p>
            {amounts(group?.sum) || words.empty} {change && <span class={target ? "up" : "muted"}>{target ? `+ ${change}` : `− ${change}`}</span>}
          </p>
        )}
      </div>
      <div class="col-body" data-scrolls="y">
        <ul class="stack-cards">{shown}</ul>
        {cards.length === 0 && slot < 0 && <p class="col-empty">{boardWords.emptyColumn}</p>}
        {left > 0 && limit < MOST && (
          <button type="button" class="more col-more" disabled={more.isFetching} onClick={() => setLimit(limit < 75 ? 75 : MOST)}>
            <Icon name="down" /> {boardWords.more(Math.min(left, (limit < 75 ? 75 : MOST) - limit))}
          </button>
        )}
        {left > 0 && limit >= MOST && (
          <Link class="more col-more" href={`/${kind.name}?${fields.state.name}=${value}`}>
            {boardWords.rest(count)}
          </Link>
        )}
      </div>
    </section>
  );
}
