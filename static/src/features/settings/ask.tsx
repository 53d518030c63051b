/** Asks before something is deleted. */
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { words } from "../../words";

interface Props {
  title: string;
  how: string;
  go: string;
  onClose: () => void;
  onGo: () => void;
}

export function Ask({ title, how, go, onClose, onGo }: Props) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="danger" onClick={() => { onClose(); onGo(); }}>{go}</Button>
        </>
      }
    >
      <p>{how}</p>
    </Dialog>
  );
}
