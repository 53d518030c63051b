/** Catches what breaks in a screen, so that the rest stays usable and nobody looks at a white page. */
import { Component, type ComponentChildren } from "preact";
import { upgraded } from "../kernel/api";
import { toast } from "../kernel/toasts";
import { words } from "../words";
import { Button } from "./button";
import { Empty } from "./state";

interface Props {
  children: ComponentChildren;
  /** Where one is: elsewhere things may well work. */
  at?: string;
  /** What it holds floats over a screen that still works: the screen stays, and a line says what happened. */
  floats?: boolean;
}

interface State {
  error: Error | null;
}

/** A part of the app could not be fetched. */
const isMissing = (error: Error): boolean => /dynamically imported module|module script|preload CSS/i.test(error.message);

/** It is gone from a server that answers: Larder was upgraded under an open tab. */
const isGone = (error: Error): boolean => isMissing(error) && navigator.onLine;

export class Guard extends Component<Props, State> {
  state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  componentDidUpdate(before: Props): void {
    if (this.state.error && before.at !== this.props.at) this.setState({ error: null });
  }

  componentDidCatch(error: Error): void {
    if (!this.props.floats) return;
    if (isGone(error)) upgraded.value = true;
    else toast(isMissing(error) ? words.problem.notLoaded : error.message, { tone: "danger" });
  }

  render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (this.props.floats) return null;
    const old = isGone(error);
    return (
      <main class="main" id="main">
        <Empty
          icon="alert"
          title={old ? words.upgraded : words.problem.title}
          actions={
            <Button look="primary" onClick={() => location.reload()}>
              {words.reload}
            </Button>
          }
        >
          {old ? words.upgradedHow : isMissing(error) ? words.problem.notLoaded : error.message}
        </Empty>
      </main>
    );
  }
}
