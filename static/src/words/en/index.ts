/** English. */
import { board } from "./board";
import { bulk } from "./bulk";
import { chart } from "./chart";
import { clientArea } from "./client-area";
import { conflict } from "./conflict";
import { dashboard } from "./dashboard";
import { files } from "./files";
import { form } from "./form";
import { list } from "./list";
import { nav } from "./nav";
import { palette } from "./palette";
import { panel } from "./panel";
import { problem } from "./problem";
import { record } from "./record";
import { signIn } from "./sign-in";
import { today } from "./today";
import { common } from "./common";

export const en = {
  ...common,
  board,
  bulk,
  chart,
  clientArea,
  conflict,
  dashboard,
  files,
  form,
  list,
  nav,
  palette,
  panel,
  problem,
  record,
  signIn,
  today,
};
