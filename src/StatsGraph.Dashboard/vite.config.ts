import { defineConfig } from 'vite';

// While the page is worked on: STATSGRAPH_SERVER=http://127.0.0.1:5080 npm run dev
const server = process.env['STATSGRAPH_SERVER'] ?? 'http://127.0.0.1:5080';
const answered = ['/graphql', '/dashboard.json', '/sign-in', '/sign-out', '/health'];

export default defineConfig({
  // A proxy may put any path before the page.
  base: './',
  build: {
    target: 'es2022',
    // The policy of the page forbids addresses of data in styles and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts is one piece, loaded after the figures are there.
    chunkSizeWarningLimit: 800,
  },
  server: {
    fs: { allow: ['../..'] },
    proxy: Object.fromEntries(answered.map(path => [path, { target: server, changeOrigin: true }])),
  },
});
