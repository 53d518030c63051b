/** A count through a month: up to now, on at the same pace, and the target beside it. */
import { Frame } from "./frame";
import { spread } from "./line";
import { widthOf } from "./points";

interface Props {
  label: string;
  now: number;
  /** By the month's end at this pace. */
  end: number;
  target: number | null;
  /** How much of the month is over. */
  share: number;
  say: (value: number) => string;
  /** What stands below either end. */
  ends: [string, string];
  words: { now: string; pace: string; target: string };
}

const HEIGHT = 170;
const BASE = 146;
const TOP = 16;

export function Pace({ label, now, end, target, share, say, ends, words }: Props) {
  const most = Math.max(1, now, end, target ?? 0) * 1.04;
  const told = [`${say(now)} ${words.now}`, `${say(end)} ${words.pace}`, ...(target === null ? [] : [`${say(target)} ${words.target}`])];
  return (
    <Frame label={`${label}. ${told.join(", ")}`} height={HEIGHT}>
      {(width) => {
        const right = width - Math.max(...told.slice(1).map((text) => widthOf(text, true))) - 14;
        const y = (value: number) => BASE - ((BASE - TOP) * value) / most;
        const at = right * share;
        const heights = spread([y(end), ...(target === null ? [] : [y(target)])], 16, TOP, BASE - 2);
        const text = widthOf(told[0] as string, true);
        return (
          <g role="img" aria-label={told.join(", ")}>
            <line class="axis" x1="0" x2={right} y1={BASE + 0.5} y2={BASE + 0.5} />
            {target !== null && (
              <>
                <path class="pace-target" d={`M0 ${BASE} L${right} ${y(target)}`} />
                <text x={right + 10} y={(heights[1] ?? 0) + 4}>
                  <tspan class="strong">{say(target)}</tspan> {words.target}
                </text>
              </>
            )}
            <g class="chart-line line-steel">
              <path class="area" d={`M0 ${BASE} L${at} ${y(now)} L${at} ${BASE} Z`} />
              <path class="stroke" d={`M0 ${BASE} L${at} ${y(now)}`} />
              <path class="stroke pace-ahead" d={`M${at} ${y(now)} L${right} ${y(end)}`} />
              <circle cx={at} cy={y(now)} r="3" />
              <circle class="pace-end" cx={right} cy={y(end)} r="3" />
            </g>
            <text x={Math.max(0, Math.min(at - text - 8, right - text))} y={Math.max(TOP, y(now) - 8)} text-anchor="start">
              <tspan class="strong">{say(now)}</tspan> {words.now}
            </text>
            <text x={right + 10} y={(heights[0] ?? 0) + 4}>
              <tspan class="strong">{say(end)}</tspan> {words.pace}
            </text>
            <text x="0" y={BASE + 18}>{ends[0]}</text>
            <text x={right} y={BASE + 18} text-anchor="end">{ends[1]}</text>
          </g>
        );
      }}
    </Frame>
  );
}
