/** List, board or calendar: other ways to see the same records. */
import { Link } from "wouter-preact";
import type { Kind } from "../kernel/schema";
import { boardWords } from "../words/board";
import { Icon } from "./icon";
import "./show-as.css";

type Look = "list" | "board" | "calendar";

const IN_CALENDAR = new Set(["work-orders", "tasks"]);

export function ShowAs({ kind, now }: { kind: Kind; now: Look }) {
  const looks: [Look, string, string][] = [["list", `/${kind.name}`, "list"]];
  if (kind.states) looks.push(["board", `/${kind.name}/board`, "board"]);
  if (IN_CALENDAR.has(kind.name)) looks.push(["calendar", `/calendar?show=${kind.name}`, "calendar"]);
  if (looks.length < 2) return null;
  return (
    <nav class="segment show-as" aria-label={boardWords.showAs}>
      {looks.map(([look, href, icon]) => (
        <Link key={look} href={href} aria-current={look === now ? "page" : undefined} aria-label={boardWords.looks[look]} title={boardWords.looks[look]}>
          <Icon name={icon} />
          <span class="desk">{boardWords.looks[look]}</span>
        </Link>
      ))}
    </nav>
  );
}
