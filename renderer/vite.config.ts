import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The hosts send a CSP without inline scripts or styles and without data: fonts, so nothing is inlined.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome130', 'firefox128', 'safari18'],
    chunkSizeWarningLimit: 900,
  },
  server: { host: '127.0.0.1', strictPort: true },
});
