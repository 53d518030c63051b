import { defineConfig } from "vite";

// What changes seldom stands in files of its own, so that an upgrade leaves it in the browser's cache.
const vendor = /node_modules\/(preact|@preact|@tanstack|wouter-preact|regexparam|mitt)\//;

export default defineConfig({
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/main-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: { groups: [{ name: "vendor", test: vendor }] },
      },
    },
  },
  resolve: { alias: { react: "preact/compat", "react-dom": "preact/compat" } },
  server: { proxy: { "^/(api|healthz)": process.env.LARDER ?? "http://127.0.0.1:8080" } },
  test: { environment: "happy-dom", css: true },
} as Parameters<typeof defineConfig>[0]);
