/** English. */
import { bulk } from "./bulk";
import { chart } from "./chart";
import { conflict } from "./conflict";
import { files } from "./files";
import { form } from "./form";
import { list } from "./list";
import { live } from "./live";
import { nav } from "./nav";
import { palette } from "./palette";
import { panel } from "./panel";
import { problem } from "./problem";
import { record } from "./record";
import { signIn } from "./sign-in";
import { common } from "./common";

export const en = {
  ...common,
  bulk,
  chart,
  conflict,
  files,
  form,
  list,
  live,
  nav,
  palette,
  panel,
  problem,
  record,
  signIn,
};
