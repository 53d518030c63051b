/** A record on screen: followed while it is there, and let go of with it. */
import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../api";
import { client, keys, put } from "../query";
import { recordPart } from "../record";
import type { Kind, Schema } from "../schema";
import { apart } from "../whole";
import { dropLock, heardLock, isLost, isTheirs, takeLock } from "./locks";
import { beHere, heardPeople } from "./people";
import { follow } from "./socket";

/** Changes that come so close together are one look at the history. */
const HISTORY_MS = 500;

/** Follows the record: its changes go straight into the cache (R23), locks and people into their signals. */
export function useLive(schema: Schema, kind: Kind, id: string): void {
  useEffect(() => {
    const version = () => client.getQueryData<Row>(keys.record(kind.name, id))?.version;
    const left = beHere(kind.name, id);
    let history: ReturnType<typeof setTimeout> | undefined;
    const renewHistory = () => {
      // Known to be old at once, so that whoever comes back later reads it anew; on screen a moment later.
      void client.invalidateQueries({ queryKey: keys.timeline(kind.name, id), refetchType: "none" });
      history ??= setTimeout(() => {
        history = undefined;
        void client.refetchQueries({ queryKey: keys.timeline(kind.name, id), type: "active" });
      }, HISTORY_MS);
    };
    const unfollow = follow({
      kind: kind.name,
      id,
      include: new URLSearchParams(recordPart(schema, kind, id).path.split("?")[1]).get("include") ?? "",
      version,
      changed: (record) => {
        // My own save is there already, or comes with its answer.
        if ((version() ?? 0) >= record.version) return;
        put(kind.name, apart(kind, record));
        renewHistory();
      },
      stale: (now) => {
        if ((version() ?? 0) >= now) return;
        void client.invalidateQueries({ queryKey: keys.record(kind.name, id) });
        renewHistory();
      },
      lock: (lock) => heardLock(kind.name, id, lock),
      people: (here) => heardPeople(kind.name, id, here),
      gone: () => void client.resetQueries({ queryKey: keys.record(kind.name, id) }),
    });
    return () => {
      unfollow();
      clearTimeout(history);
      left();
      heardLock(kind.name, id, null);
    };
  }, [kind.name, id]);
}

export interface Hold {
  /** Somebody else edits it. */
  theirs: boolean;
  /** This window edited it until it was taken, by somebody else or in another window. */
  lost: boolean;
  again: () => void;
}

/** Holds the record for editing while the component is there (R28, R34), as soon as nobody else does. */
export function useHold(kind: string, id: string, wanted: boolean): Hold {
  const theirs = isTheirs(kind, id);
  const holds = useRef(false);
  const here = useRef(true);
  const take = async () => {
    const first = !holds.current;
    const taken = await takeLock(kind, id, !first);
    if (!taken || !first) return;
    // It was left before the answer came.
    if (here.current) holds.current = true;
    else dropLock(kind, id);
  };
  const free = wanted && !theirs;
  useEffect(() => {
    if (free) void take();
  }, [free]);
  useEffect(
    () => () => {
      here.current = false;
      if (holds.current) dropLock(kind, id);
    },
    [],
  );
  return { theirs, lost: wanted && isLost(kind, id), again: () => void take() };
}
