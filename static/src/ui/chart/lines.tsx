/** Lines over time: their names where they end, limits across, gaps where nothing was measured. */
import { clock } from "../../kernel/format";
import { Frame } from "./frame";
import { type Line, pieces, spread } from "./line";
import { widthOf } from "./points";

interface Limit {
  value: number;
  label: string;
  tone: "danger" | "warning";
}

interface Props {
  label: string;
  from: number;
  to: number;
  lines: Line[];
  limits?: Limit[];
  /** Times further apart than this are not joined. */
  step: number;
  /** The axis reaches at least so far. */
  least?: number;
}

const HEIGHT = 170;
const BASE = 146;
const TOP = 14;

export function Lines({ label, from, to, lines, limits = [], step, least = 0 }: Props) {
  const ends = lines.map((line) => `${line.name}: ${line.end}`).join(", ");
  const most = Math.max(1e-9, least, ...limits.map((limit) => limit.value), ...lines.flatMap((line) => line.points.map((point) => point.value)));
  return (
    <Frame label={`${label}. ${ends}`} height={HEIGHT}>
      {(width) => {
        const tail = Math.max(0, ...lines.map((line) => widthOf(`${line.end} ${line.name}`, true))) + 14;
        const right = width - tail;
        const x = (at: number) => (right * (at - from)) / (to - from);
        const y = (value: number) => BASE - ((BASE - TOP) * value) / most;
        const last = lines.map((line) => y(line.points.at(-1)?.value ?? 0));
        const named = spread(last, 15, TOP, BASE - 2);
        const times = [0, 1, 2, 3, 4].filter((i) => width > 420 || i % 2 === 0);
        return (
          <>
            {limits.map((limit) => (
              <g key={limit.label}>
                <line class={`chart-limit limit-${limit.tone}`} x1="0" x2={right} y1={y(limit.value)} y2={y(limit.value)} />
                <text x={right} y={y(limit.value) + 15} text-anchor="end">{limit.label}</text>
              </g>
            ))}
            {lines.map((line, i) => (
              <g key={line.name} class={`chart-line line-${line.tone}`} role="img" aria-label={`${line.name}: ${line.end}`}>
                {pieces(line.points, step).map((piece) => {
                  const path = piece.map((point, n) => `${n ? "L" : "M"}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join(" ");
                  const [first, end] = [piece[0], piece.at(-1)];
                  return (
                    <g key={first?.at}>
                      {line.area && first && end && <path class="area" d={`${path} L${x(end.at)} ${BASE} L${x(first.at)} ${BASE} Z`} />}
                      <path class="stroke" d={path} />
                    </g>
                  );
                })}
                {line.points.length > 0 && (
                  <>
                    <circle cx={x(line.points.at(-1)?.at ?? to)} cy={last[i]} r="3" />
                    <text x={right + 10} y={(named[i] ?? 0) + 4}>
                      <tspan class="strong">{line.end}</tspan> {line.name}
                    </text>
                  </>
                )}
              </g>
            ))}
            <line class="axis" x1="0" x2={right} y1={BASE + 0.5} y2={BASE + 0.5} />
            {times.map((i) => (
              <text key={i} x={(right * i) / 4} y={BASE + 18} text-anchor={i === 0 ? "start" : i === 4 ? "end" : "middle"}>
                {clock(from + ((to - from) * i) / 4)}
              </text>
            ))}
          </>
        );
      }}
    </Frame>
  );
}
