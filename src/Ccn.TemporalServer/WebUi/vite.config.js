import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// What the package decides at build time: the API is on the page's own host, and there is no cloud.
process.env.VITE_API = '';
process.env.VITE_TEMPORAL_UI_BUILD_TARGET = 'local';

// The package's editor is five times the size of everything else, for two fields of one form. With Storybook and a packager, which nothing
// here uses, it is two thirds of the download: package.json puts a tiny package that is there anyway in their place.
const ownEditor = {
  name: 'own-editor',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/monaco/editor.svelte') ? fileURLToPath(new URL('src/editor.svelte', import.meta.url)) : null),
};

// Addresses that the package writes without the base path.
const bases = [
  ['/holocene/monaco/markdown.svelte', 'src="/render?', 'src="/temporal/render?'],
  ['/holocene/navigation/navigation-container.svelte', 'href="/"', 'href="/temporal/"'],
];
const basePath = {
  name: 'base-path',
  enforce: 'pre',
  transform(code, id) {
    const [, from, to] = bases.find(([file]) => id.endsWith(file)) ?? [];
    if (!from) return null;
    if (!code.includes(from)) this.error(`${id} holds no ${from} any more`);
    return { code: code.replace(from, to), map: null };
  },
};

export default defineConfig({
  plugins: [ownEditor, basePath, sveltekit()],
  build: { reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
});
