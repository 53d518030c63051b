// A placeholder until the screens are there: it proves that script and style arrive.
import "./main.css";

const app = document.querySelector<HTMLElement>("#app");
if (app) app.textContent = "Larder is running. Its documentation is at /api/docs.";
