import { defineConfig } from "vite";
import { reachedBy, routes } from "./scripts/chunks.ts";

// What changes seldom stands in files of its own, so that an upgrade leaves it in the browser's cache.
const vendor = /node_modules\/(preact|@preact|@tanstack|wouter-preact|regexparam|mitt)\//;
// With it the helper that Vite puts around each import of a screen.
const own = /\/src\/|vite\/preload-helper/;
const shared = /\/src\/(kernel|ui)\//;
const MAIN = "/src/main.tsx";

export default defineConfig({
  plugins: [routes()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        // A browser asks HTTP/1.1 for six files at once: the first load and a route's are fewer.
        codeSplitting: {
          groups: [
            { name: "vendor", test: vendor, priority: 3 },
            { name: (id, graph) => (own.test(id) && reachedBy(MAIN, id, graph) ? "main" : null), debugName: "main", priority: 2 },
            { name: (id, graph) => (shared.test(id) && !reachedBy(MAIN, id, graph) ? "shared-screens" : null), debugName: "shared-screens", minShareCount: 2, priority: 1 },
            // What the list shares with the parts of it that come later comes with the list.
            { name: (id, graph) => (/\/features\/list\//.test(id) && reachedBy("/features/list/index.tsx", id, graph) ? "list" : null), debugName: "list", priority: 1 },
          ],
        },
      },
    },
  },
  resolve: { alias: { react: "preact/compat", "react-dom": "preact/compat" } },
  server: { proxy: { "^/(api|healthz)": process.env.LARDER ?? "http://127.0.0.1:8080" } },
  test: { environment: "happy-dom", css: true },
} as Parameters<typeof defineConfig>[0]);
