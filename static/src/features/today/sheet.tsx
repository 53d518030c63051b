/** The job sheet: seen by the printer only, one page for the customer's folder. */
import type { ComponentChildren } from "preact";
import type { Row } from "../../kernel/api";
import { minutes, moment, number } from "../../kernel/format";
import { getTenant, session } from "../../kernel/session";
import { todayWords } from "../../words/today";
import { contentOf } from "./api";
import { placeOf, stepsOf, timeOf, whole } from "./order";
import { isSignature, signerOf } from "./signing";
import { stretch } from "./time";
import type { Visit } from "./visit";

const w = todayWords;

export function Sheet({ order, visit }: { order: Row; visit: Visit }) {
  const site = whole(order, "site");
  const machine = whole(order, "equipment");
  const contact = whole(order, "contact");
  const steps = stepsOf(order);
  const signed = visit.files.filter(isSignature)[0];
  const spent = visit.times.reduce((sum, log) => sum + Number(log.minutes ?? 0), 0);
  return (
    <article class="sheet" aria-hidden="true">
      <header>
        <p>{getTenant().name}</p>
        <p class="h1">
          {w.paper.title} {String(order.number ?? "")}
        </p>
        <p>{String(order.title)}</p>
      </header>
      <dl>
        <Fact label={w.paper.site}>
          {placeOf(order)}
          {site?.address != null && <>, {String(site.address)}</>}
        </Fact>
        <Fact label={w.paper.equipment}>
          {machine && [machine.name, machine.manufacturer, machine.model, machine.serial].filter(Boolean).join(", ")}
        </Fact>
        <Fact label={w.paper.contact}>{contact && String(contact.name ?? "")}</Fact>
        <Fact label={w.paper.technician}>{session.value?.user.name}</Fact>
        <Fact label={w.paper.planned}>{timeOf(order) && moment(String(timeOf(order)))}</Fact>
        <Fact label={w.paper.started}>{order.started_at != null && moment(String(order.started_at))}</Fact>
        <Fact label={w.paper.ended}>{order.completed_at != null && moment(String(order.completed_at))}</Fact>
        <Fact label={w.paper.reported}>{order.description != null && String(order.description)}</Fact>
        <Fact label={w.paper.done}>{order.resolution != null && String(order.resolution)}</Fact>
      </dl>
      <List title={w.checklist.title} rows={steps.map((step) => `${step.done ? "☑" : "☐"}  ${step.text}`)} />
      <List
        title={spent ? `${w.time.title}: ${minutes(spent)}` : w.time.title}
        rows={visit.times.map((log) => `${stretch(log)}  ${log.minutes == null ? "" : minutes(Number(log.minutes))}`)}
      />
      <List title={w.parts.title} rows={visit.parts.map((log) => `${number(Number(log.quantity))} × ${String(log.description ?? "")}`)} />
      <List title={w.notes.title} rows={visit.notes.map((note) => String(note.body))} />
      <footer>
        <p class="h2">{w.paper.signed}</p>
        {signed ? <img src={contentOf(signed.id)} alt="" /> : <p class="line" />}
        <p>{signed ? `${signerOf(signed)}, ${moment(String(signed.created_at))}` : w.paper.place}</p>
      </footer>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  if (!children) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function List({ title, rows }: { title: string; rows: string[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <p class="h2">{title}</p>
      <ul>
        {rows.map((row, i) => (
          <li key={i}>{row}</li>
        ))}
      </ul>
    </section>
  );
}
