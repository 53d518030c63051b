// Makes src/kernel/wire.ts: the types of everything that crosses the wire, from the server's own
// description. Reads it from standard input:
//   larder openapi | npm --prefix static run types
// With --check it writes nothing, and fails when the file is not what the description says.
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import openapiTS, { astToString } from "openapi-typescript";

const description = JSON.parse(await text(process.stdin));
// The app names addresses itself; what it needs typed is what comes and goes.
const schemas = { openapi: description.openapi, info: description.info, paths: {}, components: { schemas: description.components.schemas } };
const made = `/** Made by scripts/types.js from the server's description of its API. */\n${astToString(await openapiTS(schemas, { silent: true }))}`;
const file = new URL("../src/kernel/wire.ts", import.meta.url);
if (!process.argv.includes("--check")) writeFileSync(file, made);
else if (readFileSync(file, "utf8") !== made) {
  console.error("src/kernel/wire.ts is not what the server says. Run: larder openapi | npm --prefix static run types");
  process.exit(1);
}
