import adapter from '@sveltejs/adapter-static';
import { createRequire } from 'node:module';

const { devDependencies } = createRequire(import.meta.url)('./package.json');

/** @type {import('@sveltejs/kit').Config} */
export default {
  // It warns of a package of the package's.
  vitePlugin: { experimental: { disableSvelteResolveWarnings: true } },
  kit: {
    adapter: adapter({ fallback: 'index.html' }),
    // One address, alone and below the site; the server sends other addresses here.
    paths: { base: '/temporal', relative: false },
    // The server tells the UI this version, by which it decides how to write addresses.
    version: { name: devDependencies['@temporalio/ui'] },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:'],
        'font-src': ['self', 'data:'],
      },
    },
  },
};
