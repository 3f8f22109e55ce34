import type { Plugin } from 'vite';

/** The fonts that every page shows. Fonts of other alphabets load when a character asks for them. */
const FIRST = [/inter-latin-wght-normal/, /source-serif-4-latin-wght-normal/];

/** Asks for the fonts with the page instead of after its style sheet, so that text does not change its shape while it is read. */
export function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => FIRST.some((font) => font.test(name)))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}`, crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}
