// Bundles the site's script and styles into wwwroot/dist. Run by `dotnet build`.
import { build } from "esbuild";

await build({
  entryPoints: { ccn: "Client/ccn.ts", site: "Client/site.css" },
  outdir: "wwwroot/dist",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  sourcemap: "external",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  loader: { ".woff2": "file" },
  logLevel: "warning",
});
