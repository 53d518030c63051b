/** What all charts share: drawn as wide as there is room, and links within. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import type { Point } from "./points";

interface Props {
  label: string;
  height: number;
  /** Draws for a width in pixels. */
  children: (width: number) => ComponentChildren;
}

/** An SVG whose units are pixels, so that text keeps its size and lines stay sharp. */
export function Frame({ label, height, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="chart-frame" ref={box} style={{ height }}>
      {width > 0 && (
        <svg class="chart" role="group" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          {children(width)}
        </svg>
      )}
    </div>
  );
}

/** A mark that leads to the rows behind it; `aside` where a table on the same page has the same links for the keyboard. */
export function Mark({ point, aside, children }: { point: Point; aside?: boolean; children: ComponentChildren }) {
  const [, go] = useLocation();
  const name = `${point.whole ?? point.label}: ${point.text}`;
  if (!point.href) {
    return (
      <g role="img" aria-label={name}>
        <title>{name}</title>
        {children}
      </g>
    );
  }
  const href = point.href;
  return (
    <a
      href={href}
      tabindex={aside ? -1 : undefined}
      aria-label={name}
      onClick={(event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(href);
      }}
    >
      <title>{name}</title>
      {children}
    </a>
  );
}
