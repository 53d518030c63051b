// Holds the built files to their limits, raw bytes (S44), and the first load compressed.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1000;
const folder = new URL("../dist/assets/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
const size = (name) => readFileSync(new URL(name, folder)).length;

// main and vendor come with every page; what several routes share and the routes themselves as needed.
const limit = (name) => (/^main-/.test(name) ? 150 : /^vendor-/.test(name) ? 200 : /^shared-/.test(name) ? 100 : 50);
const over = files.filter((name) => size(name) > limit(name) * KB);
for (const name of over) console.error(`${name}: ${size(name)} bytes, at most ${limit(name) * KB}`);

const html = readFileSync(new URL("../dist/index.html", import.meta.url), "utf8");
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const sent = first.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(`../dist/${path}`, import.meta.url))).length, 0);
console.log(`first load ${(sent / KB).toFixed(1)} KB compressed, ${files.length} scripts`);
if (sent > 60 * KB) console.error("the first load is over 60 KB");
process.exit(over.length > 0 || sent > 60 * KB ? 1 : 0);
