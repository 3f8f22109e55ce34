import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { inlineDocuments } from './build/inline-documents.ts';
import { parseMessages } from './build/parse-messages.ts';
import { preloadFonts } from './build/preload-fonts.ts';
import { themeVariables } from './build/theme-variables.ts';

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [inlineDocuments(), parseMessages(), react(), themeVariables(), preloadFonts()],
  // RxJS has classes for browsers that know them: 2 kB less.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    // The content security policy allows no data: fonts and scripts.
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/exports': { target: api },
      // Without .csv it is the address of a page.
      '^/trends(/[^/?]+)?\\.csv(\\?|$)': { target: api },
    },
  },
});
