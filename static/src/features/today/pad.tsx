/** A field to sign in: dark ink on white paper in either theme, because it is printed later. */
import { useEffect, useImperativeHandle, useRef } from "preact/hooks";
import type { Ref } from "preact";

export interface Pad {
  clear: () => void;
  write: (text: string) => void;
  picture: () => Promise<Blob | null>;
}

const PAPER = "white";
const INK = "black";
const RATIO = 2;

interface Props {
  label: string;
  pad: Ref<Pad>;
  onInk: (inked: boolean) => void;
}

export function SignaturePad({ label, pad, onInk }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = () => canvas.current?.getContext("2d") ?? null;
  const clear = () => {
    const ink = pen();
    if (!ink) return;
    ink.fillStyle = PAPER;
    ink.fillRect(0, 0, ink.canvas.width, ink.canvas.height);
    onInk(false);
  };
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // Inside a dialog it has no size until that is open; turning the phone gives it another one.
    const watch = new ResizeObserver(() => {
      if (element.width === element.clientWidth * RATIO) return;
      element.width = element.clientWidth * RATIO;
      element.height = element.clientHeight * RATIO;
      clear();
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useImperativeHandle(pad, () => ({
    clear,
    write: (text) => {
      clear();
      const ink = pen();
      if (!ink || !text) return;
      ink.fillStyle = INK;
      ink.font = `italic ${Math.min(40, 1.4 * (ink.canvas.width / text.length)) * 1.4}px serif`;
      ink.textBaseline = "middle";
      ink.fillText(text, 32, ink.canvas.height / 2, ink.canvas.width - 64);
      onInk(true);
    },
    picture: () => new Promise((done) => (canvas.current ? canvas.current.toBlob(done, "image/png") : done(null))),
  }), []);
  const at = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return [(event.clientX - box.left) * RATIO, (event.clientY - box.top) * RATIO];
  };
  return (
    <canvas
      ref={canvas}
      class="pad-paper"
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        const ink = pen();
        if (!ink) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const [x, y] = at(event);
        ink.strokeStyle = INK;
        ink.lineWidth = 2.2 * RATIO;
        ink.lineCap = ink.lineJoin = "round";
        ink.beginPath();
        ink.moveTo(x, y);
        ink.lineTo(x + 0.1, y);
        ink.stroke();
        onInk(true);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const [x, y] = at(event);
        pen()?.lineTo(x, y);
        pen()?.stroke();
      }}
    />
  );
}
