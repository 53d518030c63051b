/** Streams of progress: what long work tells of itself, as it comes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { BASE } from "./api";
import type { components } from "./wire";

export type Message = components["schemas"]["StreamMessage"];

/** The latest message of a stream, from behind the one that is known; nothing until there is another. */
export function useStream(id: string, live: boolean, known: number, onLast: () => void): Message | null {
  const [message, setMessage] = useState<Message | null>(null);
  const ended = useRef(onLast);
  ended.current = onLast;
  useEffect(() => {
    if (!live) return;
    // After a break the browser comes again by itself and says which message it has.
    const source = new EventSource(`${BASE}/streams/${id}?after=${known}`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const told = JSON.parse(data) as Message;
      setMessage(told);
      if (!told.last) return;
      source.close();
      ended.current();
    };
    return () => source.close();
    // Where it begins matters once; it goes on from there.
  }, [id, live]);
  return message;
}

/** Tells each message of a stream, from the first on; resolves after the last, or when the stream is not to be had. */
export function follow(id: string, tell: (message: Message) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const source = new EventSource(`${BASE}/streams/${id}`);
    const end = () => {
      source.close();
      done();
    };
    signal.addEventListener("abort", end, { once: true });
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const told = JSON.parse(data) as Message;
      tell(told);
      if (told.last) end();
    };
    // After a break the browser comes again by itself; a refusal is final.
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) end();
    };
  });
}
