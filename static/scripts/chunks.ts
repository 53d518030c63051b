/** What belongs to the first load, and which files each screen needs beyond it. */
import type { Plugin } from "vite";

interface Graph {
  getModuleInfo: (id: string) => { importers: readonly string[] } | null;
}

/** Whether an entry loads a module at once, and not only when a screen is opened. */
export function reachedBy(entry: string, id: string, graph: Graph): boolean {
  const seen = new Set([id]);
  // Grows while it is walked through.
  for (const one of seen) {
    if (one.endsWith(entry)) return true;
    for (const importer of graph.getModuleInfo(one)?.importers ?? []) seen.add(importer);
  }
  return false;
}

const START = '<script src="/start.js">';
const FEATURE = /\/src\/features\/([\w-]+)\/index\.tsx$/;

/**
 * Writes into the page which files each screen needs: `list a.js b.css;record c.js`. `start.js` asks
 * for those of the screen that the address names while the app itself is still under way.
 */
export function routes(): Plugin {
  return {
    name: "larder-routes",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const first = (name: string) => html.includes(name);
        const filesOf = (name: string, seen = new Set<string>()): Set<string> => {
          const chunk = bundle[name];
          if (chunk?.type !== "chunk" || seen.has(name) || first(name)) return seen;
          seen.add(name);
          for (const style of chunk.viteMetadata?.importedCss ?? []) seen.add(style);
          for (const other of chunk.imports) filesOf(other, seen);
          return seen;
        };
        const lines = Object.values(bundle).flatMap((chunk) => {
          const screen = chunk.type === "chunk" && chunk.moduleIds.map((id) => FEATURE.exec(id)?.[1]).find(Boolean);
          const files = screen ? filesOf(chunk.fileName) : [];
          return screen && !first(chunk.fileName) ? [[screen, ...files].join(" ").replaceAll("assets/", "")] : [];
        });
        return html.replace(START, `<meta name="larder-screens" content="${lines.join(";")}">\n${START}`);
      },
    },
  };
}
