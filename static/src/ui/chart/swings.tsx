/** Columns above and below nothing: what earns, and what costs more than it brings in. */
import { roofOfSwings } from "./cut";
import { Frame, Mark } from "./frame";
import { widthOf } from "./points";

export interface Swing {
  key: string;
  name: string;
  value: number;
  text: string;
  href?: string;
}

const HEIGHT = 190;
const EDGE = 20;

export function Swings({ label, points }: { label: string; points: Swing[] }) {
  const order = [...points].sort((a, b) => b.value - a.value);
  const [best, worst] = [order[0], order.at(-1)];
  const high = roofOfSwings(order);
  const low = Math.min(0, worst?.value ?? 0);
  const unit = (HEIGHT - 2 * EDGE) / Math.max(1, high - low);
  const zero = Math.round(EDGE + high * unit) + 0.5;
  return (
    <Frame label={`${label}. ${order.map((point) => `${point.name}: ${point.text}`).join(", ")}`} height={HEIGHT}>
      {(width) => {
        const step = width / Math.max(1, order.length);
        const bar = Math.min(32, Math.max(4, Math.round(step * 0.62)));
        return (
          <>
            {order.map((point, i) => {
              const tall = point.value === 0 ? 0 : Math.max(2, Math.abs(Math.min(point.value, high)) * unit);
              const loss = point.value < 0;
              return (
                <Mark key={point.key} aside point={{ key: point.key, label: point.name, value: point.value, text: point.text, href: point.href }}>
                  <rect class="chart-hit" x={step * i} y="0" width={step} height={HEIGHT} />
                  <rect class={loss ? "chart-bar loss-bar" : "chart-bar strong-bar"} x={step * (i + 0.5) - bar / 2} y={loss ? zero : zero - tall} width={bar} height={tall} rx="2" />
                  {point.value > high && <path class="chart-cut within" d={`M${step * (i + 0.5) - 4} ${zero - tall + 10} l4 -5 l4 5`} />}
                </Mark>
              );
            })}
            <line class="axis" x1="0" x2={width} y1={zero} y2={zero} />
            {best && best.value > 0 && <text class="strong" x="0" y={Math.max(12, zero - high * unit - 6)}>{fit(`${best.name} ${best.text}`, width)}</text>}
            {worst && worst.value < 0 && worst !== best && (
              <text class="strong" text-anchor="end" x={width} y={Math.min(HEIGHT - 4, zero - worst.value * unit + 14)}>{fit(`${worst.name} ${worst.text}`, width)}</text>
            )}
          </>
        );
      }}
    </Frame>
  );
}

const fit = (text: string, room: number): string => (widthOf(text, true) <= room ? text : text.slice(text.lastIndexOf(" ") + 1));
