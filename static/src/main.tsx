/** Starts the app. */
import { render } from "preact";
import { App } from "./app";
import { restore } from "./kernel/session";
import { installIcons } from "./ui/icon";
import "./ui/css/tokens.css";
import "./ui/css/app.css";
import "./ui/css/parts.css";

installIcons();
void restore();
render(<App />, document.getElementById("app") as HTMLElement);
