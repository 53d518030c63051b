/** What a screen shows when it has nothing to show: it waits, it is empty, it failed. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Problem } from "../kernel/api";
import { words } from "../words";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";

/** Grey bars in the shape of what comes, after a moment: what is quick never flickers. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="skeleton" role="status" aria-label={words.loading}>
      {late && Array.from({ length: rows }, (_, i) => <span key={i} />)}
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}

export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div class="nothing">
      <span class="nothing-mark">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children && <p class="muted">{children}</p>}
      {actions && <div class="flex">{actions}</div>}
    </div>
  );
}

export function Failed({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const gone = problem.status === 404;
  const closed = problem.status === 403;
  return (
    <div class="nothing" role="alert">
      <span class="nothing-mark">
        <Icon name={closed ? "lock" : "alert"} />
      </span>
      <h2>{gone ? words.problem.gone : closed ? words.problem.closed : words.problem.title}</h2>
      <p class="muted">{gone ? words.problem.goneHow : closed ? words.problem.closedHow : problem.message}</p>
      {problem.requestId && !closed && <p class="muted t12">{words.problem.request(problem.requestId)}</p>}
      {gone || closed ? (
        <Link class="btn" href="/">
          {words.problem.back}
        </Link>
      ) : (
        onRetry && <Button onClick={onRetry}>{words.retry}</Button>
      )}
    </div>
  );
}
