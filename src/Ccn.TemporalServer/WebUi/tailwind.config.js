// By path: the package exports its files to bundlers only, and this is read without one.
import temporal, { textStyles } from './node_modules/@temporalio/ui/dist/theme/plugin';

export default {
  content: ['./src/**/*.{html,svelte,js}', './node_modules/@temporalio/ui/dist/**/*.{svelte,js}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: { extend: { fontFamily: { sans: ['Inter Variable', 'sans-serif'], mono: ['Noto Sans Mono', 'monospace'] } } },
  plugins: [temporal, textStyles],
};
