/** The first steps in an empty business: who we are, what we have, who works here. Each is a link, and each can wait. */
import { useQuery } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { get, type Page } from "../../kernel/api";
import { keys } from "../../kernel/query";
import { may, useSchema } from "../../kernel/schema";
import { session } from "../../kernel/session";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import { words } from "../../words";
import "./style.css";

const text = words.settings.first;
const one = "fields=id&limit=2";

interface Step {
  done: boolean;
  icon: IconName;
  title: string;
  how: string;
  go: string;
  href: string;
  also?: { label: string; href: string };
}

/** Shows nothing but to an owner whose business has no companies yet, and who has not hidden it. */
export default function FirstSteps() {
  const schema = useSchema();
  const who = session.value;
  const kept = `larder.first-steps.${who?.tenant.id}`;
  const [hidden, setHidden] = useState(() => isHidden(kept));
  // What the dashboard has read already says whether there is any work; only then is more asked.
  const dashboard = useQuery<Seen>({ queryKey: keys.dashboard, queryFn: () => get<Seen>("dashboard"), enabled: false }).data;
  const owner = who?.user.role === "owner" && !hidden && dashboard !== undefined && isIdle(dashboard);
  const companies = useQuery({ queryKey: keys.rows("companies", one), queryFn: ({ signal }) => get<Page>(`companies?${one}`, signal), enabled: owner });
  const empty = companies.data?.data.length === 0;
  const people = useQuery({ queryKey: keys.rows("users", one), queryFn: ({ signal }) => get<Page>(`users?${one}`, signal), enabled: owner && empty });
  if (!who || !owner || !empty) return null;
  const kind = schema?.kinds.find((known) => known.name === "companies");
  const steps: Step[] = [
    { done: false, icon: "building", title: text.business, how: text.businessHow(who.tenant.zone.replaceAll("_", " "), who.tenant.currency), go: text.businessGo, href: "/settings/business" },
    { done: false, icon: "upload", title: text.data, how: text.dataHow, go: text.dataGo, href: "/import", also: may(kind, "create") ? { label: text.dataOr, href: "/companies/new" } : undefined },
    { done: (people.data?.data.length ?? 0) > 1, icon: "people", title: text.people, how: text.peopleHow, go: text.peopleGo, href: "/settings/people" },
  ];
  const hide = () => {
    setHidden(true);
    try {
      localStorage.setItem(kept, "hidden");
    } catch {
      // It comes back with the next page.
    }
  };
  return (
    <section class="card first-steps" aria-labelledby="first-steps">
      <header>
        <div>
          <h2 id="first-steps">{text.title(who.user.name.split(" ")[0] ?? who.user.name)}</h2>
          <p class="muted">{text.how}</p>
        </div>
        <Button look="quiet" small icon="x" label={text.dismiss} onClick={hide} />
      </header>
      <ol>
        {steps.map((step, i) => (
          <li key={step.href} data-done={step.done || undefined}>
            <span class="no">{step.done ? <Icon name="check" /> : i + 1}</span>
            <div>
              <h3><Icon name={step.icon} />{step.title}</h3>
              <p class="muted t13">{step.how}</p>
            </div>
            <div class="flex">
              <Link class="btn" href={step.href}>{step.done ? text.done : step.go}</Link>
              {step.also && <Link class="link t13" href={step.also.href}>{step.also.label}</Link>}
            </div>
          </li>
        ))}
      </ol>
      <p class="muted t13">{text.sample}</p>
    </section>
  );
}

/** As much of the dashboard as tells whether anything happens here. */
interface Seen {
  tiles: Record<string, { summary?: { count: number } }>;
}

const isIdle = ({ tiles }: Seen): boolean => Object.values(tiles).every((tile) => (tile.summary?.count ?? 0) === 0);

function isHidden(kept: string): boolean {
  try {
    return localStorage.getItem(kept) !== null;
  } catch {
    return false;
  }
}
