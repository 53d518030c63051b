/** A list without rows: nothing is there yet, or nothing fits. */
import { Link, useLocation } from "wouter-preact";
import { type Kind, may } from "../../kernel/schema";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/state";
import { words } from "../../words";

const w = words.list;

export function NoMatch({ kind, onClear }: { kind: Kind; onClear: () => void }) {
  return (
    <Empty icon="search" title={w.noMatch(kind.many)} actions={<Button onClick={onClear}>{w.clear}</Button>}>
      {w.noMatchHow}
    </Empty>
  );
}

export function NoneYet({ kind }: { kind: Kind }) {
  const [, go] = useLocation();
  const make = may(kind, "create");
  return (
    <div class="empty">
      <div class="in">
        <Shelf />
        <h2>{w.empty(kind.many)}</h2>
        <p>{make ? kind.about : w.emptyFor(kind.many)}</p>
        {make && (
          <div class="ways">
            <div class="way">
              <Icon name="plus" />
              <b>{w.addFirst(kind.one)}</b>
              <span>{w.addFirstHow}</span>
              <Button look="primary" onClick={() => go(`/${kind.name}/new`)}>
                {w.addOne(kind.one, kind.many)}
                <kbd class="desk" aria-hidden="true">C</kbd>
              </Button>
            </div>
            {kind.importable && (
              <div class="way">
                <Icon name="sheet" />
                <b>{w.importFile}</b>
                <span>{w.importHow}</span>
                <Link class="btn" href={`/import/${kind.name}`}>
                  {w.chooseFile}
                </Link>
              </div>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** A shelf with a place that waits to be filled. */
function Shelf() {
  return (
    <svg class="empty-art" width="232" height="112" viewBox="0 0 232 112" aria-hidden="true">
      <path class="l" d="M8 96h216M8 103h216" />
      <path class="w" d="M28 50h36a4 4 0 0 1 4 4v42H24V54a4 4 0 0 1 4-4Z" />
      <rect class="w" x="30" y="41" width="32" height="9" rx="2.5" />
      <path class="d" d="M98 36h44a5 5 0 0 1 5 5v55H93V41a5 5 0 0 1 5-5Z" />
      <rect class="d" x="100" y="25" width="40" height="11" rx="3" />
      <path class="d plus" d="M120 58v16M112 66h16" />
      <rect class="w" x="170" y="56" width="42" height="40" rx="3" />
      <path class="l" d="M170 68h42M187 56v12" />
    </svg>
  );
}
