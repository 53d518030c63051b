/** A list of the client area: lines that lead somewhere, and more of them on request. */
import type { ComponentChildren } from "preact";
import { Link } from "wouter-preact";
import type { Problem, Row } from "../../kernel/api";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import { Empty, Failed, Skeleton } from "../../ui/state";
import { words } from "../../words";
import { clientWords } from "../../words/client-area";
import type { useRows } from "./api";

export interface Line {
  href: string;
  title: string;
  small: string;
  chip?: ComponentChildren;
  /** Said before it: the day of a visit. */
  lead?: ComponentChildren;
}

export function Lines({ lines }: { lines: (Line & { id: string })[] }) {
  return (
    <ul class="rows cl-rows">
      {lines.map((line) => (
        <li key={line.id}>
          <Link href={line.href}>
            {line.lead}
            <span class="grow">
              {line.title}
              <small>{line.small}</small>
            </span>
            {line.chip}
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface ListProps {
  found: ReturnType<typeof useRows>;
  line: (row: Row) => Line;
  empty: { icon: IconName; title: string; how: string };
}

export function List({ found, line, empty }: ListProps) {
  if (found.isError && !found.rows) return <Failed problem={found.error as Problem} onRetry={() => void found.refetch()} />;
  if (!found.rows) return <Skeleton />;
  if (found.rows.length === 0) {
    return (
      <section class="card">
        <Empty icon={empty.icon} title={empty.title}>
          {empty.how}
        </Empty>
      </section>
    );
  }
  return (
    <section class="card">
      <Lines lines={found.rows.map((row) => ({ id: row.id, ...line(row) }))} />
      {found.hasNextPage && (
        <div class="cl-more">
          <Button class="wide" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {found.isFetchingNextPage ? words.loading : clientWords.more}
          </Button>
        </div>
      )}
    </section>
  );
}

export function Block({ title, sum, end, children }: { title: string; sum?: string; end?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {sum && <span class="t13 muted">{sum}</span>}
        {end && <div class="end">{end}</div>}
      </div>
      {children}
    </section>
  );
}

export function MoreLink({ href, label }: { href: string; label: string }) {
  return (
    <Link class="more" href={href}>
      {label}
      <Icon name="right" />
    </Link>
  );
}
