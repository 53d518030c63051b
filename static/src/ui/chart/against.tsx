/** Many columns, each against a target of its own: what is there, what is ahead, and a line where it should end. */
import { reach, roof, scaleOf } from "./cut";
import { Frame, Mark } from "./frame";

export interface Aim {
  key: string;
  name: string;
  value: number;
  /** What it becomes; none where nothing is foreseen. */
  ahead: number | null;
  target: number | null;
  text: string;
  href?: string;
}

const HEIGHT = 170;
const BASE = 160.5;
const TOP = 10;

export function Against({ label, points }: { label: string; points: Aim[] }) {
  const most = roof(points);
  return (
    <Frame label={`${label}. ${points.map((point) => `${point.name}: ${point.text}`).join(", ")}`} height={HEIGHT}>
      {(width) => {
        const step = width / Math.max(1, points.length);
        const bar = Math.min(28, Math.max(4, Math.round(step * 0.62)));
        return (
          <>
            <line class="axis" x1="0" x2={width} y1={BASE} y2={BASE} />
            {points.map((point, i) => {
              const left = step * (i + 0.5) - bar / 2;
              const whole = scaleOf(point, most);
              const heightOf = (value: number) => (value > 0 ? Math.max(2, ((BASE - TOP) * value) / whole) : 0);
              const [ahead, now] = [heightOf(point.ahead ?? 0), heightOf(point.value)];
              const cut = reach(point) > most;
              const line = point.target === null ? null : BASE - heightOf(point.target);
              return (
                <Mark key={point.key} aside point={{ key: point.key, label: point.name, value: point.value, text: point.text, href: point.href }}>
                  <rect class="chart-hit" x={step * i} y="0" width={step} height={HEIGHT} />
                  <rect class="chart-bar" x={left} y={BASE - 0.5 - ahead} width={bar} height={ahead} rx="2" />
                  <rect class="chart-bar strong-bar" x={left} y={BASE - 0.5 - now} width={bar} height={now} rx="2" />
                  {line !== null && <line class="against-target" x1={left - 2} x2={left + bar + 2} y1={line} y2={line} />}
                  {cut && <path class="chart-cut" d={`M${left + bar / 2 - 4} ${TOP - 2} l4 -5 l4 5`} />}
                </Mark>
              );
            })}
          </>
        );
      }}
    </Frame>
  );
}
