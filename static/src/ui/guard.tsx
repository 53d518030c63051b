/** Catches what breaks in a screen, so that the rest stays usable and nobody looks at a white page. */
import { Component, type ComponentChildren } from "preact";
import { words } from "../words";
import { Button } from "./button";
import { Empty } from "./state";

interface State {
  error: Error | null;
}

export class Guard extends Component<{ children: ComponentChildren }, State> {
  state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    // A part of the app that is gone from the server: it was upgraded under an open tab.
    const old = /dynamically imported module|module script/i.test(error.message);
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
          {old ? words.upgradedHow : error.message}
        </Empty>
      </main>
    );
  }
}
