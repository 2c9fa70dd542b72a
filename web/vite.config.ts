import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const SERVER = process.env['LIANXI_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Nothing is inlined as data: so that the page lives under `script-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // The page behind a survey's link goes to strangers' telephones: nothing of the desktop comes along.
      input: { main: fileURLToPath(new URL('./index.html', import.meta.url)), survey: fileURLToPath(new URL('./survey.html', import.meta.url)) },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+)[\\/]/, entriesAware: true },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: SERVER, ws: true },
      '/sip': { target: SERVER.replace(/^http/, 'ws'), ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    include: ['tests/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    restoreMocks: true,
    // One jsdom a worker instead of one a file: four times as quick; setup.ts clears what is shared.
    isolate: false,
    // Rules that are put into pictures, colours whose contrast is worked out.
    css: { include: [/drawing\.css/, /ui\/styles\.css/] },
  },
})
