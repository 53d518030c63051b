/** Starts the app. The shared styles come first: they set the order of the layers. */
import "./ui/css/tokens.css";
import "./ui/css/app.css";
import "./ui/css/parts.css";
import { render } from "preact";
import { App } from "./app";
import { restore } from "./kernel/session";
import { installIcons } from "./ui/icon";

installIcons();
void restore();
render(<App />, document.getElementById("app") as HTMLElement);
