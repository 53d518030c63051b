/** Bars side by side, the name before and the value behind each. */
import { Frame, Mark } from "./frame";
import { type Point, sentence, widthOf } from "./points";

const LEAST = 158;
const BAR = 14;

export function Levels({ label, points }: { label: string; points: Point[] }) {
  const most = Math.max(1, ...points.map((point) => point.value));
  const step = Math.max(26, Math.min(39, LEAST / Math.max(1, points.length)));
  const height = Math.max(LEAST, Math.ceil(step * points.length));
  return (
    <Frame label={`${label}. ${sentence(points)}`} height={height}>
      {(width) => {
        const lead = Math.min(width * 0.4, Math.max(...points.map((point) => widthOf(point.label))) + 14);
        const tail = Math.max(...points.map((point) => widthOf(point.text, true))) + 8;
        const room = Math.max(16, width - lead - tail);
        return points.map((point, i) => {
          const y = step * i + (step - BAR) / 2;
          const long = point.value > 0 ? Math.max(2, (room * point.value) / most) : 0;
          return (
            <Mark key={point.key} point={point}>
              <rect class="chart-hit" x="0" y={step * i} width={width} height={step} />
              <text x="0" y={y + 11}>
                {fit(point.label, lead - 10)}
              </text>
              <rect class={point.strong === false ? "chart-bar" : "chart-bar strong-bar"} x={lead} y={y} width={long} height={BAR} rx="2" />
              <text class="strong" x={lead + long + 8} y={y + 11}>
                {point.text}
              </text>
            </Mark>
          );
        });
      }}
    </Frame>
  );
}

function fit(text: string, room: number): string {
  const letters = Math.floor(room / 6.4);
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}
