/** The machine in figures, for whoever wants to know more. */
import { bytes, number } from "../../kernel/format";
import { healthWords as words } from "../../words/health";
import type { Performance } from "./api";
import { ms } from "./say";

export function Machine({ seen }: { seen: Performance }) {
  const { disk, connections, database, lag, memory, cpu_percent: cpu } = seen;
  const late = lag.five_minutes.p99_ms;
  const rows: [string, string | null][] = [
    [words.rows.cpu, cpu === null ? null : words.percent(cpu)],
    [words.rows.disk, disk.free_bytes === null ? null : bytes(disk.free_bytes)],
    [words.rows.busy, disk.busy_percent === null ? null : words.percent(disk.busy_percent)],
    [words.rows.connections, `${number(connections.open)} / ${number(connections.most)}`],
    [words.rows.database, bytes(database.bytes)],
    [words.rows.wal, bytes(database.wal_bytes)],
    [words.rows.waiting, number(database.waiting_reads + database.waiting_changes)],
    [words.rows.lag, late === null ? null : ms(late)],
  ];
  return (
    <section class="card">
      <div class="card-head">
        <h3>{words.machine}</h3>
      </div>
      <dl class="machine">
        {rows.map(([name, value]) => value !== null && <Row key={name} name={name} value={value} />)}
        <dt class="machine-part">{words.ofWhich}</dt>
        <dd>{bytes(memory.resident_bytes)}</dd>
        {memory.sources
          .filter((source) => source.bytes > 0)
          .map((source) => (
            <Row key={source.name} name={words.sources[source.name] ?? source.name} value={source.exact ? bytes(source.bytes) : words.atMost(bytes(source.bytes))} inner />
          ))}
      </dl>
    </section>
  );
}

function Row({ name, value, inner }: { name: string; value: string; inner?: boolean }) {
  return (
    <>
      <dt class={inner ? "machine-inner" : undefined}>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
