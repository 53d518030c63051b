/** Columns over time: zero baseline, values above, the latest in dark steel. */
import { Frame, Mark } from "./frame";
import { named, type Point, sentence, valued, widthOf } from "./points";

const HEIGHT = 158;
const BASE = 130.5;
const TOP = 22;

export function Columns({ label, points }: { label: string; points: Point[] }) {
  const most = Math.max(1, ...points.map((point) => point.value));
  return (
    <Frame label={`${label}. ${sentence(points)}`} height={HEIGHT}>
      {(width) => {
        const step = width / points.length;
        const bar = Math.min(28, Math.max(4, Math.round(step * 0.62)));
        const values = valued(points, step);
        const names = named(points, step);
        return (
          <>
            <line class="axis" x1="0" x2={width} y1={BASE} y2={BASE} />
            {points.map((point, i) => {
              const middle = step * (i + 0.5);
              const tall = point.value > 0 ? Math.max(2, ((BASE - TOP) * point.value) / most) : 0;
              return (
                <Mark key={point.key} point={point}>
                  <rect class="chart-hit" x={step * i} y="0" width={step} height={HEIGHT} />
                  <rect class={point.strong ? "chart-bar strong-bar" : "chart-bar"} x={middle - bar / 2} y={BASE - 0.5 - tall} width={bar} height={tall} rx="2" />
                  {values.has(i) && (
                    <text class="strong" text-anchor="middle" x={within(middle, widthOf(point.short ?? point.text, true), width)} y={BASE - tall - 7}>
                      {point.short ?? point.text}
                    </text>
                  )}
                  {names.has(i) && (
                    <text text-anchor="middle" x={within(middle, widthOf(point.label), width)} y={BASE + 18}>
                      {point.label}
                    </text>
                  )}
                </Mark>
              );
            })}
          </>
        );
      }}
    </Frame>
  );
}

/** Keeps a centred text inside the picture. */
function within(middle: number, text: number, width: number): number {
  return Math.max(text / 2, Math.min(width - text / 2, middle));
}
