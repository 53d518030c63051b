/** The keys that hold on this screen. */
import { listed, spelled } from "../../kernel/keys";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";
import "./style.css";

export default function Keys({ onClose }: { onClose: () => void }) {
  const groups = listed();
  return (
    <Dialog title={words.nav.keys.title} onClose={onClose} wide>
      <div class="key-groups">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title || words.palette.thisScreen}</h3>
            <dl>
              {group.keys.map((key) => (
                <div key={key.combo}>
                  <dt>{key.label}</dt>
                  <dd>
                    {spelled(key.combo).map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="muted t12">{words.palette.keysNote}</p>
    </Dialog>
  );
}
