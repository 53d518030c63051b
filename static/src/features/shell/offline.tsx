/** Says quietly that the network or the server is away, and what still works meanwhile. */
import { useEffect, useState } from "preact/hooks";
import { unreachable } from "../../kernel/api";
import { client } from "../../kernel/query";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { words } from "../../words";

export function Offline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  const away = online && unreachable.value;
  // The region is always there, so that what appears in it is spoken.
  return (
    <div role="status">
      {(!online || away) && (
        <div class="banner" data-tone="warning">
          <Icon name="offline" />
          <p>
            <b>{away ? words.nav.serverAway : words.nav.offline}</b> {words.nav.offlineHow}
          </p>
          {away && (
            <Button small class="end" onClick={() => void client.refetchQueries({ type: "active" })}>
              {words.retry}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
