// npm install && npm run build: writes ../static/vendor/govuk-frontend (no maps, so no map comments either).
import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../static/vendor/govuk-frontend/", import.meta.url).pathname;
mkdirSync(out, { recursive: true });

const style = compile("govuk.scss", { loadPaths: ["node_modules"], style: "compressed", quietDeps: true });
writeFileSync(`${out}govuk-frontend.css`, style.css);
await build({
  entryPoints: ["pages.js"], outfile: `${out}govuk-frontend.js`, bundle: true, minify: true,
  format: "iife", target: "es2020", legalComments: "none",
});
