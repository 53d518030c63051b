/** English. */
import { board } from "./board";
import { bulk } from "./bulk";
import { calendar, dispatch } from "./calendar";
import { chart } from "./chart";
import { clientArea } from "./client-area";
import { conflict } from "./conflict";
import { dashboard } from "./dashboard";
import { files } from "./files";
import { form } from "./form";
import { imports } from "./imports";
import { list } from "./list";
import { nav } from "./nav";
import { palette } from "./palette";
import { panel } from "./panel";
import { problem } from "./problem";
import { record } from "./record";
import { settings } from "./settings";
import { signIn } from "./sign-in";
import { today } from "./today";
import { common } from "./common";

export const en = {
  ...common,
  board,
  bulk,
  calendar,
  chart,
  clientArea,
  conflict,
  dashboard,
  dispatch,
  files,
  form,
  imports,
  list,
  nav,
  palette,
  panel,
  problem,
  record,
  settings,
  signIn,
  today,
};
